public import ArgumentParser
public import Checkpoints
import Diffusion
public import NeuralNetwork

extension Preset: ExpressibleByArgument {}
extension Activation: ExpressibleByArgument {}
extension RunConfiguration.NetworkKind: ExpressibleByArgument {}
extension RunConfiguration.Estimate: ExpressibleByArgument {}

/// What departs from the preset's model.
struct ModelOptions: ParsableArguments {
  /// A kind of ``ScheduleDescription``, or levels without steps.
  enum Levels: ExpressibleByArgument, CustomStringConvertible {
    case schedule(ScheduleDescription.Kind)
    case logNormal

    private static let logNormalName = "log-normal"

    init?(argument: String) {
      if argument == Self.logNormalName {
        self = .logNormal
      } else if let kind = ScheduleDescription.Kind(rawValue: argument) {
        self = .schedule(kind)
      } else {
        return nil
      }
    }

    static var allValueStrings: [String] {
      ScheduleDescription.Kind.allCases.map(\.rawValue) + [logNormalName]
    }

    var description: String {
      switch self {
      case .schedule(let kind): kind.rawValue
      case .logNormal: Self.logNormalName
      }
    }
  }

  @Option(
    help: ArgumentHelp(
      "conditional: layers scaled by a table of timesteps; residual: blocks that see the noise through "
        + "Fourier features.", valueName: "KIND"))
  var network: RunConfiguration.NetworkKind?

  @Option(
    help: ArgumentHelp(
      "Widths of the hidden layers, or, all alike, of the residual blocks.", valueName: "W,W,…"))
  var hidden: WidthList?

  @Option(help: "The activation: softplus, silu or gelu.")
  var activation: Activation?

  @Option(help: ArgumentHelp("Frequencies of the Fourier features.", valueName: "N"))
  var frequencies: Int?

  @Option(
    help: ArgumentHelp(
      "Octaves of waves in which a residual network sees each column besides, for sharp edges and "
        + "points; 0 for none.", valueName: "N"))
  var octaves: Int?

  @Option(
    help: ArgumentHelp(
      "The levels of noise: a schedule of timesteps (\(scheduleNames)), or log-normal.",
      valueName: "KIND"))
  var schedule: Levels?

  @Option(help: ArgumentHelp("Timesteps of the schedule.", valueName: "T"))
  var steps: Int?

  @Option(
    help: ArgumentHelp("Where the schedule starts, by its own formula.", valueName: "X"))
  var scheduleStart: Double?

  @Option(help: ArgumentHelp("Where the schedule ends.", valueName: "X"))
  var scheduleEnd: Double?

  @Flag(help: "Rescale the schedule, so that no signal is left at its end. Needs x0 or v.")
  var zeroTerminalSNR = false

  @Option(
    help: ArgumentHelp(
      "What the network estimates: the noise eps, the data x0, the velocity v, or edm, which is "
        + "preconditioned.", valueName: "WHAT"))
  var estimate: RunConfiguration.Estimate?

  @Flag(
    inversion: .prefixedNo, help: "Whether each column is brought to mean 0 and deviation 1.")
  var standardise: Bool?

  private static var scheduleNames: String {
    ScheduleDescription.Kind.allCases.map(\.rawValue).joined(separator: ", ")
  }

  mutating func validate() throws {
    if let steps { try requirePositive("--steps", steps) }
    if let frequencies { try requirePositive("--frequencies", frequencies) }
    if let octaves, !(0...PositionalEncoding.mostOctaves).contains(octaves) {
      throw ValidationError(
        "--octaves \(octaves): choose a number from 0 to \(PositionalEncoding.mostOctaves)")
    }
  }

  /// Gives the preset's `model` what was asked for.
  func apply(to model: inout RunConfiguration.Model) throws {
    if let network { model.network = network }
    if let hidden { model.hidden = hidden.widths }
    if let activation { model.activation = activation }
    if let estimate { model.estimates = estimate }
    if let standardise { model.standardises = standardise }
    try chooseLevels(&model)
    if model.network == .residual {
      model.frequencies = frequencies ?? model.frequencyCount
      model.octaves = (octaves ?? model.octaves).flatMap { $0 > 0 ? $0 : nil }
    } else {
      if frequencies != nil || octaves != nil {
        throw ValidationError("--frequencies and --octaves: only a residual network has any")
      }
      model.frequencies = nil
      model.octaves = nil
    }
  }

  private func chooseLevels(_ model: inout RunConfiguration.Model) throws {
    switch schedule {
    case .logNormal:
      model.schedule = nil
      model.levels = LogNormalNoise()
    case .schedule(let kind):
      model.levels = nil
      model.schedule = ScheduleDescription(kind, steps: model.schedule?.steps ?? 1000)
    case nil:
      // A table of timesteps needs some, and the numbers of a schedule one to belong to.
      if model.network == .conditional && model.schedule == nil {
        model.levels = nil
        model.schedule = ScheduleDescription(.cosine, steps: 1000)
      }
    }
    if model.schedule == nil {
      if steps != nil || scheduleStart != nil || scheduleEnd != nil || zeroTerminalSNR {
        throw ValidationError(
          "--steps, --schedule-start, --schedule-end and --zero-terminal-snr need a --schedule of "
            + "timesteps; name one")
      }
      return
    }
    if let steps { model.schedule?.steps = steps }
    if let scheduleStart { model.schedule?.start = scheduleStart }
    if let scheduleEnd { model.schedule?.end = scheduleEnd }
    if zeroTerminalSNR { model.schedule?.rescaled = true }
  }
}

/// Widths, separated by commas.
struct WidthList: ExpressibleByArgument, CustomStringConvertible {
  let widths: [Int]

  init(_ widths: [Int]) { self.widths = widths }

  init?(argument: String) {
    let parts = argument.split(separator: ",", omittingEmptySubsequences: false)
    let widths = parts.compactMap { Int($0) }
    guard widths.count == parts.count, widths.allSatisfy({ $0 > 0 }) else { return nil }
    self.widths = widths
  }

  var description: String { widths.map(String.init).joined(separator: ",") }
}
