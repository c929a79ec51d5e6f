/// What `metrics.jsonl` tells of an epoch.
public struct EpochMetrics: Codable, Sendable, Hashable {
  /// The number of the epoch, from 1.
  public var epoch: Int
  /// How many steps had been taken when it was complete.
  public var step: Int
  /// The mean loss over its batches.
  public var loss: Double
  /// The mean norm of the gradients over its batches, before clipping; nil if that is not known of all
  /// of them.
  public var gradientNorm: Double?
  /// The learning rate of its last step.
  public var learningRate: Double
  /// Steps a second since the epoch that the log told of before, saves and measurements aside.
  public var stepsPerSecond: Double
  /// The loss on the points that are held out; nil if none are, or if it was not measured.
  public var heldOutLoss: Double?

  /// The metrics of an epoch.
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
  /// Whether the log of a training of `epochs` epochs tells of this one: of the first thousand, of every
  /// tenth up to ten thousand, of every hundredth up to a hundred thousand and so on, and of the last.
  ///
  /// So a log stays small, and a training that is stopped, resumed or given more epochs tells of the
  /// same epochs as any other.
  package static func isLogged(epoch: Int, of epochs: Int) -> Bool {
    epoch == epochs || isMultiple(epoch, ofShareOfDecade: 100)
  }

  /// Whether the held-out loss is measured in this epoch: in the first ten, in every fifth up to a
  /// hundred, in every fiftieth up to a thousand and so on, and in the last. It costs a pass over the
  /// points that are held out.
  package static func measuresHeldOutLoss(epoch: Int, of epochs: Int) -> Bool {
    epoch == epochs || isMultiple(epoch, ofShareOfDecade: 2)
  }

  /// Whether `epoch` is a multiple of the largest power of ten that is not above it, over `share`.
  private static func isMultiple(_ epoch: Int, ofShareOfDecade share: Int) -> Bool {
    var power = 1
    while epoch / 10 >= power { power *= 10 }
    return epoch % max(1, power / share) == 0
  }
}
