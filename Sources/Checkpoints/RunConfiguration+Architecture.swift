import Diffusion
package import NeuralNetwork

/// The parts of a network that options change individually.
extension RunConfiguration.Network {
  /// The kind of a network, as text for an option.
  package enum Kind: String, CaseIterable, Codable {
    case conditional
    case residual
  }

  /// The default number of Fourier frequencies of a residual network.
  private static let frequencies = 16

  /// The kind; nil for a network that a program built.
  package var kind: Kind? {
    switch self {
    case .conditional: .conditional
    case .residual: .residual
    case .custom: nil
    }
  }

  /// The widths of the hidden layers, or of the residual blocks.
  package var widths: [Int] {
    switch self {
    case .conditional(let widths, _): widths
    case .residual(let width, let blocks, _, _, _): Array(repeating: width, count: max(0, blocks))
    case .custom: []
    }
  }

  /// The activation; nil for a network that a program built.
  var activation: Activation? {
    get {
      switch self {
      case .conditional(_, let activation), .residual(_, _, let activation, _, _): activation
      case .custom: nil
      }
    }
    set { self = changed(activation: newValue) }
  }

  /// The number of Fourier frequencies; nil unless the network is residual.
  var frequencies: Int? {
    get { if case .residual(_, _, _, let frequencies, _) = self { frequencies } else { nil } }
    set { self = changed(frequencies: newValue) }
  }

  /// The number of octaves; nil unless the network is residual.
  var octaves: Int? {
    get { if case .residual(_, _, _, _, let octaves) = self { octaves } else { nil } }
    set { self = changed(octaves: newValue) }
  }

  /// Returns the network with the given parts replaced; nil keeps a part.
  package func changed(
    kind: Kind? = nil, widths: [Int]? = nil, activation: Activation? = nil, frequencies: Int? = nil,
    octaves: Int? = nil
  ) -> Self {
    guard let kind = kind ?? self.kind, let activation = activation ?? self.activation else {
      return self
    }
    let widths = widths ?? self.widths
    return switch kind {
    case .conditional: .conditional(widths: widths, activation: activation)
    case .residual:
      .residual(
        width: widths.first ?? 0, blocks: widths.count, activation: activation,
        frequencies: frequencies ?? self.frequencies ?? Self.frequencies,
        octaves: octaves ?? self.octaves ?? 0)
    }
  }
}

extension RunConfiguration.Model {
  /// Replaces the noise levels. A number of sampling steps does not carry over to a schedule.
  fileprivate mutating func use(_ process: RunConfiguration.Process) {
    self.process = process
    if process.schedule != nil { samplingSteps = nil }
  }
}

/// The parts of a schedule that options change individually.
extension RunConfiguration.Process {
  /// The default number of timesteps of a schedule.
  private static let steps = 1000
  private static let logNormalName = "log-normal"

  /// The names of the processes that an option can choose.
  static let names = ScheduleConfiguration.Kind.allCases.map(\.rawValue) + [logNormalName]

  /// The default schedule of a conditional network.
  static let ofConditionalNetworks = schedule(ScheduleConfiguration(.cosine, steps: steps))

  /// The name of the process, as text for an option; nil if a program built it.
  var name: String? {
    switch self {
    case .schedule(let schedule): schedule.kind.rawValue
    case .logNormal: Self.logNormalName
    case .custom: nil
    }
  }

  /// Returns the process with this name, or nil if no process has it. A schedule keeps the number of steps.
  func named(_ name: String) -> Self? {
    if name == Self.logNormalName { return .logNormal(LogNormalNoise()) }
    return ScheduleConfiguration.Kind(rawValue: name).map {
      .schedule(ScheduleConfiguration($0, steps: schedule?.steps ?? Self.steps))
    }
  }

  /// The number of timesteps; nil without a schedule.
  var steps: Int? {
    get { schedule?.steps }
    set { change { $0.steps = newValue ?? $0.steps } }
  }

  /// The start of the schedule; nil for its default.
  var start: Double? {
    get { schedule?.start }
    set { change { $0.start = newValue } }
  }

  /// The end of the schedule; nil for its default.
  var end: Double? {
    get { schedule?.end }
    set { change { $0.end = newValue } }
  }

  /// Whether the schedule is rescaled to end without signal.
  var isRescaled: Bool {
    get { schedule?.rescaled ?? false }
    set { change { $0.rescaled = newValue } }
  }

  private mutating func change(_ body: (inout ScheduleConfiguration) -> Void) {
    guard case .schedule(var schedule) = self else { return }
    body(&schedule)
    self = .schedule(schedule)
  }
}

extension Setting {
  /// The settings of the model, in the order in which the help lists them and in which they are applied.
  package static let model: [Setting] = [
    .text(
      "model.network", options: ["network"],
      form: .choice(RunConfiguration.Network.Kind.allCases.map(\.rawValue)),
      help: "Network of layers scaled by a table of timesteps, or of residual blocks",
      allowed: "conditional or residual", read: { $0.model.network.kind?.rawValue },
      parse: { RunConfiguration.Network.Kind(rawValue: $0) },
      write: { kind, configuration throws(SettingError.Reason) in
        configuration.model.network = configuration.model.network.changed(kind: kind)
        if kind == .conditional { configuration.learnCoordinates() }
        if kind == .conditional && configuration.model.process.schedule == nil {
          configuration.model.use(.ofConditionalNetworks)
        }
      }),
    .text(
      "model.network.widths", options: ["hidden"], form: .value("W,W,…"),
      help: "Widths of the hidden layers; those of residual blocks are equal",
      allowed: "numbers above 0, separated by commas",
      read: { $0.model.network.widths.map(String.init).joined(separator: ",") },
      parse: { text in
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        let widths = parts.compactMap { Int($0) }
        return widths.count == parts.count && widths.allSatisfy { $0 > 0 } ? widths : nil
      },
      write: { widths, configuration throws(SettingError.Reason) in
        if configuration.model.network.kind == .residual && Set(widths).count > 1 {
          throw SettingError.Reason.unequalBlocks
        }
        configuration.model.network = configuration.model.network.changed(widths: widths)
      }),
    .text(
      "model.network.activation", options: ["activation"],
      form: .choice(Activation.allCases.map(\.rawValue)), help: "Activation function",
      allowed: "one of \(Activation.allCases.map(\.rawValue).joined(separator: ", "))",
      read: { $0.model.network.activation?.rawValue }, parse: { Activation(rawValue: $0) },
      write: { $1.model.network.activation = $0 }),
    .number(
      "model.network.frequencies", \.model.network.frequencies, in: .from(1, to: 1 << 16),
      options: ["frequencies"], value: "N", help: "Fourier features of the noise level, in pairs",
      unless: requireResidual),
    .number(
      "model.network.octaves", \.model.network.octaves,
      in: .from(0, to: PositionalEncoding.mostOctaves), options: ["octaves"], value: "N",
      help:
        "Waves of each coordinate, each an octave above the last, that the network gets as inputs for "
        + "sharp edges",
      unless: requireResidual),
    .text(
      "model.process", options: ["schedule"], form: .choice(RunConfiguration.Process.names),
      help: "Noise schedule with timesteps, or log-normal noise levels",
      allowed: "one of \(RunConfiguration.Process.names.joined(separator: ", "))",
      read: { $0.model.process.name },
      parse: { RunConfiguration.Process.names.contains($0) ? $0 : nil },
      write: { name, configuration throws(SettingError.Reason) in
        if let process = configuration.model.process.named(name) {
          configuration.model.use(process)
        }
      }),
    .number(
      "model.process.schedule.steps", \.model.process.steps,
      in: .from(1, to: ScheduleConfiguration.largestStepCount), options: ["steps"], value: "T",
      help: "Timesteps of the schedule", unless: requireSchedule),
    .number(
      "model.process.schedule.start", \.model.process.start, in: ScheduleConfiguration.numbers,
      options: ["schedule-start"], value: "X", help: "Start value in the schedule's formula",
      unless: requireSchedule),
    .number(
      "model.process.schedule.end", \.model.process.end, in: ScheduleConfiguration.numbers,
      options: ["schedule-end"], value: "X", help: "End value in the schedule's formula",
      unless: requireSchedule),
    .flag(
      "model.process.schedule.rescaled", \.model.process.isRescaled, canBeOff: false,
      options: ["zero-terminal-snr"],
      help: "Rescale the schedule to end without signal; needs --prediction x0 or v",
      unless: requireSchedule),
    .choice(
      "model.prediction", \.model.prediction, options: ["prediction"],
      help: "Prediction type: noise, data, velocity, or the preconditioned output of EDM"),
    .flag(
      "model.isStandardized", \.model.isStandardized, canBeOff: true, options: ["standardize"],
      help: "Standardize each column to mean 0 and standard deviation 1"),
  ]

  @Sendable private static func requireResidual(
    _ configuration: RunConfiguration
  ) -> SettingError.Reason? {
    configuration.model.network.kind == .residual ? nil : .notResidual
  }

  @Sendable private static func requireSchedule(
    _ configuration: RunConfiguration
  ) -> SettingError.Reason? {
    configuration.model.process.schedule == nil ? .noSchedule : nil
  }
}
