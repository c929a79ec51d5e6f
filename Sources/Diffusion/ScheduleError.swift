public import LangevinErrors

/// The reason why a schedule cannot be made from its configuration.
package enum ScheduleError: Error, Sendable, Hashable {
  /// No schedule has this name.
  case unknownKind(String)
  /// A number of the schedule is out of its bounds.
  case badValue(kind: String, name: String, value: String, allowed: String)
  /// A number is given that schedules of this kind do not use.
  case unusedValue(kind: String, name: String)
}

extension ScheduleError: DescribedError {
  /// What was wrong, and what to do.
  package var description: String {
    switch self {
    case .unknownKind(let name):
      let names = ScheduleConfiguration.Kind.allCases.map(\.rawValue).joined(separator: ", ")
      return "unknown schedule \(name.debugDescription); use one of: \(names)"
    case .badValue(let kind, let name, let value, let allowed):
      return "schedule \(kind): \(name) is \(value); it must be \(allowed)"
    case .unusedValue(let kind, let name):
      return "schedule \(kind) has no \(name); leave it out"
    }
  }
}
