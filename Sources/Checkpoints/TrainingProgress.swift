package import Diffusion

/// The progress of a training: everything that changes between saves except the parameters and their moments.
///
/// It contains no times, so the same run always gives the same bytes.
package struct TrainingProgress: Sendable, Hashable {
  /// The number of steps taken.
  package var steps: Int
  /// The mean loss over the batches of each complete epoch.
  package var epochLosses: [Double]
  /// The sum of the losses of the current epoch.
  package var partialLossSum: Double
  /// The number of batches of the current epoch so far.
  package var partialLossCount: Int
  /// The sum of the gradient norms of these batches; nil if the save that training resumed from lacks it.
  package var partialGradientNormSum: Double?

  /// Creates progress, by default that before the first step.
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

  /// The number of complete epochs.
  package var epochs: Int { epochLosses.count }

  /// Counts a step, and returns the means over the batches of its epoch if it was the last step of the epoch.
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
