public import ArgumentParser
import Checkpoints
public import Diffusion
import Langevin
import LinearAlgebra
import Tables

extension ReverseVariance: ExpressibleByArgument {}
extension TimestepSpacing: ExpressibleByArgument {}

/// The options for sampling, shared by all commands that draw samples.
struct SamplingOptions: ParsableArguments {
  enum Method: String, CaseIterable, ExpressibleByArgument {
    case ddpm
    case ddim
    case multistep = "dpm++"
    case heun
  }

  enum Start: String, CaseIterable, ExpressibleByArgument {
    case standard
    case moments
  }

  @Option(
    help: ArgumentHelp(
      "Sampling method; dpm++ is DPM-Solver++(2M) (default: ddpm for a model with timesteps, else dpm++).",
      valueName: "NAME"))
  var sampler: Method?

  @Option(
    name: .customLong("steps"),
    help: ArgumentHelp(
      "Number of steps from noise to data (default: all timesteps; without timesteps 40, or 20 for a table).",
      valueName: "K"))
  var stepCount: Int?

  @Option(
    help: ArgumentHelp(
      "Noise of ddim, from 0 for none to 1 for that of ddpm with posterior variance (default: 0).",
      valueName: "E"))
  var eta: Double?

  @Option(help: "Variance of ddpm (default: beta).")
  var variance: ReverseVariance?

  @Option(help: "Which timesteps to use if --steps is below their number.")
  var spacing: TimestepSpacing = .trailing

  @Option(
    name: .customLong("where"), parsing: .singleValue,
    help: ArgumentHelp(
      "Category to sample of a condition that the model was trained with; can be repeated (default: all, "
        + "in the proportions of the data).", valueName: "NAME=VALUE"))
  var choices: [Choice] = []

  @Option(
    help: ArgumentHelp(
      "Weight w of classifier-free guidance: the denoiser is D(x) + w (D(x|c) - D(x)), with conditions c. 0 "
        + "samples p(x), and 1 samples p(x|c). Above 1, samples are more typical of c, and less diverse "
        + "(default: 1).", valueName: "W"))
  var guidance: Double?

  @Option(
    help: ArgumentHelp("Amount of noise that heun adds, S_churn (default: 0).", valueName: "S"))
  var churn: Double?

  @Option(
    help: ArgumentHelp(
      "Distribution of the initial noise: standard is N(0, I); moments is a Gaussian with the moments of the "
        + "noisy data, which compensates for schedules that leave signal at the last step.",
      valueName: "P"))
  var prior: Start = .standard

  @Flag(help: "Clip estimates of the data to the bounding box of the training data.")
  var clip = false

  @Flag(help: "Let ddpm add noise at the last step as well, like the original program.")
  var noiseAtLastStep = false

  /// The names of the options, for messages.
  static let names =
    "--sampler, --steps, --eta, --variance, --spacing, --where, --guidance, --churn, --prior, --clip and "
    + "--noise-at-last-step"

  /// Whether any option was given, other than with its default.
  var areGiven: Bool {
    [
      sampler != nil, stepCount != nil, eta != nil, variance != nil, spacing != .trailing,
      !choices.isEmpty, guidance != nil, churn != nil, prior != .standard, clip, noiseAtLastStep,
    ].contains(true)
  }

  mutating func validate() throws {
    if let stepCount { try requirePositive("--steps", stepCount) }
    if let stepCount, stepCount > ScheduleConfiguration.largestStepCount {
      throw ValidationError(
        "--steps \(stepCount): choose a number from 1 to \(ScheduleConfiguration.largestStepCount)")
    }
    if let guidance, !(0...100).contains(guidance) {
      throw ValidationError("--guidance \(guidance): choose a number from 0 to 100")
    }
    for choice in choices where choices.count(where: { $0.name == choice.name }) > 1 {
      throw ValidationError("--where \(choice.name): it is given twice; choose one category")
    }
    if let eta, !SamplingMethod.etas.contain(eta) {
      throw ValidationError("--eta \(eta): choose a number \(SamplingMethod.etas)")
    }
    if let churn, !Churn.amounts.contain(churn) {
      throw ValidationError("--churn \(churn): choose a number \(Churn.amounts)")
    }
    try require("--eta", eta != nil, for: .ddim)
    try require("--churn", churn != nil, for: .heun)
    try require("--variance", variance != nil, for: .ddpm)
    try require("--noise-at-last-step", noiseAtLastStep, for: .ddpm)
  }

  private func require(_ option: String, _ isGiven: Bool, for method: Method) throws {
    // The default depends on the model, which is not loaded yet.
    if isGiven, let sampler, sampler != method {
      throw ValidationError(
        "\(option) is for --sampler \(method.rawValue), not \(sampler.rawValue)")
    }
  }

  /// Returns a sampler of rows.
  ///
  /// - Parameters:
  ///   - model: The model to sample from.
  ///   - configuration: The configuration of its run.
  ///   - count: The number of rows.
  ///   - seed: The seed of the conditions that `--where` does not choose.
  func sampler(
    _ model: DiffusionModel, _ configuration: RunConfiguration, count: Int, seed: UInt64
  ) throws -> RowSampler {
    var model = model
    func points() throws -> Matrix<Float> {
      configuration.points(of: configuration.modelRows(try configuration.trainingData().training))
    }
    if prior == .moments && model.moments == nil { model.moments = DataMoments(try points()) }
    var settings = SamplingSettings()
    settings.method = try method(model)
    settings.steps = stepCount
    settings.conditions = Dictionary(choices.map { ($0.name, $0.value) }) { first, _ in first }
    settings.guidance = try guidance(configuration)
    settings.spacing = spacing
    settings.startsFromMoments = prior == .moments
    settings.bounds = clip ? DataBox(try points()) : nil
    do {
      return try RowSampler(model, configuration, count: count, seed: seed, settings)
    } catch {
      throw refusal(error)
    }
  }

  /// Returns `error` with the name of the option that caused it.
  private func refusal(_ error: SamplingError) -> ToolError {
    switch error {
    case .conditions(let error): ToolError("--where: \(error)")
    case .steps(let steps, let most):
      ToolError("--steps \(steps): the model has \(most) timesteps; choose at most \(most)")
    case .count, .guidance, .threads: ToolError("--\(error)")
    case .draws, .limit, .repeats, .setting, .tooManyDraws, .noTable, .unknownContexts, .table,
      .notFinite:
      ToolError("\(error)")
    }
  }

  private func guidance(_ configuration: RunConfiguration) throws -> Double {
    guard let guidance else { return 1 }
    if configuration.table?.contextWidth ?? 0 == 0 {
      throw ToolError(
        "--guidance: the model was trained without conditions; train it with --condition")
    }
    if guidance != 1, configuration.training.contextDropout == 0 {
      throw ToolError(
        """
        --guidance \(guidance): the model was trained with --condition-dropout 0, so it lacks the p(x) that \
        guidance needs; leave --guidance out, or train with a larger --condition-dropout
        """)
    }
    return guidance
  }

  private func method(_ model: DiffusionModel) throws -> SamplingMethod {
    let usual: Method = model.process.schedule == nil ? .multistep : .ddpm
    let method = sampler ?? usual
    for (option, isGiven, needed) in [
      ("--eta", eta != nil, Method.ddim), ("--churn", churn != nil, .heun),
      ("--variance", variance != nil, .ddpm), ("--noise-at-last-step", noiseAtLastStep, .ddpm),
    ] where isGiven && method != needed {
      throw ToolError(
        "\(option): this model defaults to \(method.rawValue); add --sampler \(needed.rawValue)")
    }
    return switch method {
    case .ddpm: .ddpm(variance: variance ?? .beta, noiseAtLastStep: noiseAtLastStep)
    case .ddim: .ddim(eta: eta ?? 0)
    case .multistep: .dpmSolver2M
    case .heun: .heun(churn: churn.map { Churn(amount: $0) } ?? .none)
    }
  }
}

/// A condition and the category to sample.
struct Choice: ExpressibleByArgument, CustomStringConvertible {
  let name: String
  let value: String

  init?(argument: String) {
    guard let place = argument.firstIndex(of: "="), place > argument.startIndex else { return nil }
    name = String(argument[..<place])
    value = String(argument[argument.index(after: place)...])
  }

  var description: String { "\(name)=\(value)" }
}
