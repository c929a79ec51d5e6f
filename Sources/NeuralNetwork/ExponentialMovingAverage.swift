import LangevinPreconditions

/// An exponential moving average of parameters, which samples better than the parameters of any one
/// step (Polyak & Juditsky 1992; Ho et al. 2020, arXiv 2006.11239).
///
/// Step n of an optimizer, counted from 1, leaves parameters θ and
///
///     d ← min(decay, (1 + n) / (10 + n))
///     average ← d average + (1 - d) θ
///
/// so that the first steps, which are far from the last ones, are soon forgotten. ``Workspace`` does
/// it in the pass that updates the parameters.
public struct ExponentialMovingAverage: Sendable, Equatable {
  /// The greatest decay.
  public let decay: Double
  /// How many steps have been averaged: n.
  public private(set) var updates: Int
  /// The average.
  public internal(set) var parameters: Parameters

  /// An average that begins with `parameters`, or goes on after `updates` steps.
  public init(_ parameters: Parameters, decay: Double, updates: Int = 0) {
    require(
      (0..<1).contains(decay) && updates >= 0,
      "ExponentialMovingAverage: \(decay) is not in 0 ..< 1, or \(updates) updates are below 0")
    self.decay = decay
    self.updates = updates
    self.parameters = parameters
  }

  /// Begins the next update.
  ///
  /// - Returns: 1 - d.
  mutating func step() -> Double {
    updates += 1
    return 1 - min(decay, Double(1 + updates) / Double(10 + updates))
  }
}
