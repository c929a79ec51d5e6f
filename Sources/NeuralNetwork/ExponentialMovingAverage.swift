import LangevinPreconditions

/// The EMA (exponential moving average) of parameters.
///
/// It samples better than the parameters of any one step (Polyak & Juditsky 1992; Ho et al. 2020, arXiv
/// 2006.11239). After step n of an optimizer, counted from 1, with parameters θ:
///
///     d ← min(decay, (1 + n) / (10 + n))
///     average ← d average + (1 - d) θ
///
/// The smaller decay of the first steps lets the average forget the initial parameters soon. ``Workspace``
/// updates the average in the pass that updates the parameters.
public struct ExponentialMovingAverage: Sendable, Equatable {
  /// The decay of late steps, the largest d.
  public let decay: Double
  /// The number of averaged steps, n.
  public private(set) var updates: Int
  /// The averaged parameters.
  public internal(set) var parameters: Parameters

  /// Creates an average that starts at `parameters`, having averaged `updates` steps before.
  public init(_ parameters: Parameters, decay: Double, updates: Int = 0) {
    require(
      (0..<1).contains(decay) && updates >= 0,
      "ExponentialMovingAverage: decay \(decay) is not in 0 ..< 1, or \(updates) updates < 0")
    self.decay = decay
    self.updates = updates
    self.parameters = parameters
  }

  /// Counts one more step.
  ///
  /// - Returns: The weight of the new parameters, 1 - d.
  mutating func step() -> Double {
    updates += 1
    return 1 - min(decay, Double(1 + updates) / Double(10 + updates))
  }
}
