/// How far a training is: what changes from one save to the next, parameters and moments aside.
///
/// No clock enters it, so that the same run is the same bytes.
public struct TrainingProgress: Sendable, Hashable {
  /// Steps taken.
  public var steps: Int
  /// The mean loss over the batches of each complete epoch.
  public var epochLosses: [Double]
  /// The sum of the losses of the epoch in hand.
  public var partialLossSum: Double
  /// The number of its batches so far.
  public var partialLossCount: Int

  /// By default, the state before the first step.
  public init(
    steps: Int = 0, epochLosses: [Double] = [], partialLossSum: Double = 0,
    partialLossCount: Int = 0
  ) {
    self.steps = steps
    self.epochLosses = epochLosses
    self.partialLossSum = partialLossSum
    self.partialLossCount = partialLossCount
  }

  /// Complete epochs.
  public var epochs: Int { epochLosses.count }

  /// Counts a step.
  public mutating func record(loss: Double, endsEpoch: Bool) {
    steps += 1
    partialLossSum += loss
    partialLossCount += 1
    if endsEpoch {
      epochLosses.append(partialLossSum / Double(partialLossCount))
      partialLossSum = 0
      partialLossCount = 0
    }
  }
}
