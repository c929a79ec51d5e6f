import Evaluation

/// An error that prevents a report.
enum QualityError: Error, CustomStringConvertible {
  /// Training has diverged.
  case diverged(String)
  /// A measure could not be computed.
  case notMeasured(Measure, String)

  var description: String {
    switch self {
    case .diverged(let reason): reason
    case .notMeasured(let measure, let reason): "\(measure.rawValue): \(reason)"
    }
  }
}
