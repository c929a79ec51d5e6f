package import Diffusion

/// How far a training is: what changes from one save to the next, parameters and moments aside.
///
/// No clock enters it, so that the same run is the same bytes.
public struct TrainingProgress: Sendable, Hashable {
  /// Steps taken.
  public var steps: Int
  /// The mean loss over the batches of each complete epoch.
  public var epochLosses: [Double]
  /// The sum of the losses of the epoch in hand.
  package var partialLossSum: Double
  /// The number of its batches so far.
  package var partialLossCount: Int
  /// The sum of the norms of their gradients; nil if a save did not know it.
  package var partialGradientNormSum: Double?

  /// By default, the state before the first step.
  package init(
    steps: Int = 0, epochLosses: [Double] = [], partialLossSum: Double = 0,
    partialLossCount: Int = 0, partialGradientNormSum: Double? = 0
  ) {
    self.steps = steps
    self.epochLosses = epochLosses
    self.partialLossSum = partialLossSum
    self.partialLossCount = partialLossCount
    self.partialGradientNormSum = partialGradientNormSum
  }

  /// Complete epochs.
  public var epochs: Int { epochLosses.count }

  /// Counts a step, and returns what the batches of its epoch had in the mean if it was the last of them.
  @discardableResult
  package mutating func record(
    _ step: TrainingStep
  ) -> (loss: Double, gradientNorm: Double?)? {
    steps += 1
    partialLossSum += step.loss
    partialLossCount += 1
    partialGradientNormSum? += step.gradientNorm
    if !step.endsEpoch { return nil }
    let count = Double(partialLossCount)
    let means = (
      loss: partialLossSum / count, gradientNorm: partialGradientNormSum.map { $0 / count }
    )
    epochLosses.append(means.loss)
    partialLossSum = 0
    partialLossCount = 0
    partialGradientNormSum = 0
    return means
  }
}
