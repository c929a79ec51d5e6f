public import LangevinErrors

/// A schedule that cannot be made as it was described.
public enum ScheduleError: Error, Sendable, Hashable {
  /// No schedule has this name.
  case unknownKind(String)
  /// A number that the schedule cannot have.
  case badValue(kind: String, name: String, value: String, allowed: String)
  /// A number that schedules of this kind do not have.
  case unusedValue(kind: String, name: String)
}

extension ScheduleError: DescribedError {
  /// What was wrong, and what to do.
  public var description: String {
    switch self {
    case .unknownKind(let name):
      let names = ScheduleConfiguration.Kind.allCases.map(\.rawValue).joined(separator: ", ")
      return "there is no schedule \(name.debugDescription); use one of: \(names)"
    case .badValue(let kind, let name, let value, let allowed):
      return "schedule \(kind): \(name) is \(value); it must be \(allowed)"
    case .unusedValue(let kind, let name):
      return "schedule \(kind) has no \(name); leave it out"
    }
  }
}
