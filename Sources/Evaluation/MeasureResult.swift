/// The value of a measure for samples, and its floor.
public struct MeasureResult: Sendable, Hashable, Codable {
  /// The measure.
  public let measure: Measure
  /// The values for samples against real points, over several sets of real points.
  public let value: Spread
  /// The values for the same number of real points against other real points: those of a perfect model.
  public let floor: Spread
  /// The number of samples used.
  public let points: Int
  /// The kind of values that are good.
  package let goal: Measure.Goal

  /// Whether the value is as good as that of real points: its range over the seeds overlaps the floor's
  /// range, or lies beyond it on the good side.
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

/// The results of an evaluation.
public struct EvaluationReport: Sendable, Hashable, Codable {
  /// A measure that could not be computed.
  public struct Omission: Sendable, Hashable, Codable {
    /// The measure.
    public let measure: Measure
    /// The reason, and the remedy.
    public let reason: String
  }

  /// The results, in the order of ``Measure``.
  public let results: [MeasureResult]
  package let omitted: [Omission]

  /// The requested measures that could not be computed, each with the reason and the remedy.
  public var omissions: [Measure: String] {
    Dictionary(uniqueKeysWithValues: omitted.map { ($0.measure, $0.reason) })
  }

  /// The result of `measure`, or nil if the report has none.
  public subscript(measure: Measure) -> MeasureResult? {
    results.first { $0.measure == measure }
  }
}
