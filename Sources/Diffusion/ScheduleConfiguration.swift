import LangevinErrors
import LinearAlgebra

/// The kind and numbers of a schedule, for configurations and the command line.
public struct ScheduleConfiguration: Sendable, Hashable, Codable {
  /// The formula of a schedule.
  public enum Kind: String, CaseIterable, Sendable, Hashable, Codable {
    /// ``NoiseSchedule/linear(steps:start:end:scaled:)``.
    case linear
    /// ``NoiseSchedule/linear(steps:start:end:scaled:)`` without the factor 1000/T.
    case linearUnscaled = "linear-unscaled"
    /// ``NoiseSchedule/scaledLinear(steps:start:end:scaled:)``.
    case scaledLinear = "scaled-linear"
    /// ``NoiseSchedule/quadratic(steps:start:end:scaled:)``.
    case quadratic
    /// ``NoiseSchedule/sigmoid(steps:start:end:range:)``.
    case sigmoid
    /// ``NoiseSchedule/sigmoidAlphaBar(steps:start:end:tau:)``.
    case sigmoidAlphaBar = "sigmoid-alpha-bar"
    /// ``NoiseSchedule/cosine(steps:offset:)``.
    case cosine
    /// ``ContinuousVP/discretized(steps:)``; start and end are its rates.
    case vp

    /// Creates the kind named `name`.
    package init(named name: String) throws(ScheduleError) {
      guard let kind = Kind(rawValue: name) else { throw .unknownKind(name) }
      self = kind
    }
  }

  /// The formula.
  public var kind: Kind
  /// The number T of timesteps.
  public var steps: Int
  /// The formula's `start`; nil for its default.
  public var start: Double?
  /// The formula's `end`; nil for its default.
  public var end: Double?
  /// Whether the terminal signal-to-noise ratio is rescaled to zero.
  public var rescaled: Bool

  /// Creates the configuration of a schedule from its kind and numbers.
  public init(
    _ kind: Kind, steps: Int, start: Double? = nil, end: Double? = nil, rescaled: Bool = false
  ) {
    self.kind = kind
    self.steps = steps
    self.start = start
    self.end = end
    self.rescaled = rescaled
  }

  /// The largest number of timesteps.
  package static let largestStepCount = 1_000_000
  /// The bounds of starts and ends over all formulas. Each formula has narrower bounds.
  package static let numbers = Bounds<Double>.from(-1000, to: 1000)

  /// Returns the schedule, or throws if a number is out of bounds.
  package func makeSchedule() throws(ScheduleError) -> NoiseSchedule {
    try check()
    let schedule =
      switch kind {
      case .linear, .linearUnscaled:
        NoiseSchedule.linear(
          steps: steps, start: start ?? 1e-4, end: end ?? 0.02, scaled: kind == .linear)
      case .scaledLinear:
        NoiseSchedule.scaledLinear(steps: steps, start: start ?? 0.00085, end: end ?? 0.012)
      case .quadratic:
        NoiseSchedule.quadratic(steps: steps, start: start ?? 1e-4, end: end ?? 0.02)
      case .sigmoid: NoiseSchedule.sigmoid(steps: steps, start: start ?? 1e-5, end: end ?? 1e-2)
      case .sigmoidAlphaBar:
        NoiseSchedule.sigmoidAlphaBar(steps: steps, start: start ?? -3, end: end ?? 3)
      case .cosine: NoiseSchedule.cosine(steps: steps)
      case .vp:
        ContinuousVP(betaMinimum: start ?? 0.1, betaMaximum: end ?? 20).discretized(steps: steps)
      }
    // Levels without signal are indistinguishable, so only the last may have none.
    if steps > 1 && schedule.logAlphaBar[steps - 2] < -700 {
      throw bad(
        "steps", "\(steps)",
        "smaller, or the end smaller, to leave signal before the last timestep")
    }
    return rescaled ? schedule.rescaledToZeroTerminalSNR() : schedule
  }

  private func check() throws(ScheduleError) {
    if steps < 1 || steps > Self.largestStepCount {
      throw bad("steps", "\(steps)", "from 1 to \(Self.largestStepCount)")
    }
    if rescaled && steps < 2 { throw bad("steps", "\(steps)", "2 or more to be rescaled") }
    switch kind {
    case .cosine:
      if start != nil { throw .unusedValue(kind: kind.rawValue, name: "start") }
      if end != nil { throw .unusedValue(kind: kind.rawValue, name: "end") }
    case .sigmoidAlphaBar:
      // Beyond this range, a sigmoid rounds to 0 or 1, and steps would vanish.
      try check("start", start, in: -30...30, "from -30 to 30")
      try check("end", end, in: -30...30, "from -30 to 30")
      if (end ?? 3) - (start ?? -3) < 0.01 {
        throw bad("start", "\(start ?? -3)", "below the end \(end ?? 3) by 0.01 or more")
      }
    case .vp:
      try check("start", start, in: 1e-9...1000, "from 1e-9 to 1000")
      try check("end", end, in: 1e-9...1000, "from 1e-9 to 1000")
    case .linear, .linearUnscaled, .scaledLinear, .quadratic, .sigmoid:
      try check("start", start, in: 1e-12...0.999, "from 1e-12 to 0.999")
      try check("end", end, in: 1e-12...0.999, "from 1e-12 to 0.999")
    }
  }

  private func check(
    _ name: String, _ value: Double?, in range: ClosedRange<Double>, _ allowed: String
  ) throws(ScheduleError) {
    if let value, !range.contains(value) { throw bad(name, "\(value)", allowed) }
  }

  private func bad(_ name: String, _ value: String, _ allowed: String) -> ScheduleError {
    .badValue(kind: kind.rawValue, name: name, value: value, allowed: allowed)
  }
}

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
  /// The problem and its remedy, in one line.
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
