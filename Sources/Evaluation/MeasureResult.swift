/// A measure of samples, beside what it gives for real points.
public struct MeasureResult: Sendable, Hashable, Codable {
  /// What was measured.
  public let measure: Measure
  /// Samples against real points, over several sets of these.
  public let value: Spread
  /// Real points against other real points, as many as there were samples: what a perfect model gives.
  public let floor: Spread
  /// How many samples were used.
  public let points: Int
  /// Which values are good.
  package let goal: Measure.Goal

  /// Whether the value is as good as that of real points: its range over the seeds meets the floor's, or
  /// lies beyond it on the good side.
  public var reachesFloor: Bool {
    let notTooLarge = value.minimum <= floor.maximum
    let notTooSmall = value.maximum >= floor.minimum
    return switch goal {
    case .smaller: notTooLarge
    case .larger: notTooSmall
    case .half, .one: notTooLarge && notTooSmall
    }
  }
}

/// What an evaluation found.
public struct EvaluationReport: Sendable, Hashable, Codable {
  /// A measure that could not be computed.
  public struct Omission: Sendable, Hashable, Codable {
    /// Which one.
    public let measure: Measure
    /// Why, and what to do.
    public let reason: String
  }

  /// The measures, in the order of ``Measure``.
  public let results: [MeasureResult]
  /// Those that were asked for and could not be computed.
  public let omitted: [Omission]

  /// The result of `measure`, if there is one.
  public subscript(measure: Measure) -> MeasureResult? {
    results.first { $0.measure == measure }
  }
}
