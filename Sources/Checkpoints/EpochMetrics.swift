/// The metrics of an epoch, as in a line of `metrics.jsonl`.
public struct EpochMetrics: Codable, Sendable, Hashable {
  /// The number of the epoch, from 1.
  public var epoch: Int
  /// The number of steps taken by the end of the epoch.
  public var step: Int
  /// The mean loss over the batches of the epoch.
  public var loss: Double
  /// The mean norm of the gradients over the batches, before clipping; nil if it is not known for all
  /// batches.
  public var gradientNorm: Double?
  /// The learning rate of the last step.
  public var learningRate: Double
  /// The number of steps per second in the epoch, not counting the time of saves and measurements.
  public var stepsPerSecond: Double
  /// The held-out loss; nil if no points are held out, or if it was not measured.
  public var heldOutLoss: Double?

  /// Creates the metrics of an epoch.
  public init(
    epoch: Int, step: Int, loss: Double, gradientNorm: Double?, learningRate: Double,
    stepsPerSecond: Double, heldOutLoss: Double? = nil
  ) {
    self.epoch = epoch
    self.step = step
    self.loss = loss
    self.gradientNorm = gradientNorm
    self.learningRate = learningRate
    self.stepsPerSecond = stepsPerSecond
    self.heldOutLoss = heldOutLoss
  }
}

extension EpochMetrics {
  /// Returns whether the log of a training of `epochs` epochs contains this one: the first thousand, every
  /// tenth up to ten thousand, every hundredth up to a hundred thousand and so on, and the last.
  ///
  /// The log therefore stays small, and a training that is stopped, resumed or extended logs the same epochs
  /// as any other.
  package static func isLogged(epoch: Int, of epochs: Int) -> Bool {
    epoch == epochs || isMultiple(epoch, ofShareOfDecade: 100)
  }

  /// Returns whether the held-out loss is measured in this epoch: in the first ten, in every fifth up to a
  /// hundred, in every fiftieth up to a thousand and so on, and in the last.
  ///
  /// A measurement costs a pass over the held-out points.
  package static func measuresHeldOutLoss(epoch: Int, of epochs: Int) -> Bool {
    epoch == epochs || isMultiple(epoch, ofShareOfDecade: 2)
  }

  /// Returns whether `epoch` is a multiple of p / `share`, where p is the largest power of ten up to `epoch`.
  private static func isMultiple(_ epoch: Int, ofShareOfDecade share: Int) -> Bool {
    var power = 1
    while epoch / 10 >= power { power *= 10 }
    return epoch % max(1, power / share) == 0
  }
}
