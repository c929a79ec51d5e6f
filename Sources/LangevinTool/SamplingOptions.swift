public import ArgumentParser
import Checkpoints
public import Diffusion
import Langevin
import LinearAlgebra
import Tables

extension ReverseVariance: ExpressibleByArgument {}
extension TimestepSpacing: ExpressibleByArgument {}

/// How samples are drawn, as every command that draws some takes it.
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
      "ddpm, ddim, dpm++ (2M) or heun. Unless given, ddpm for a model with timesteps, dpm++ for others.",
      valueName: "NAME"))
  var sampler: Method?

  @Option(
    name: .customLong("steps"),
    help: ArgumentHelp(
      "Steps from noise to data. Unless given, all timesteps; without timesteps 40, or 20 for a table.",
      valueName: "K"))
  var stepCount: Int?

  @Option(
    help: ArgumentHelp(
      "The noise of ddim, from 0, none, to 1, as ddpm with the posterior's variance.",
      valueName: "E"))
  var eta: Double?

  @Option(help: "The variance of ddpm: beta or posterior.")
  var variance: ReverseVariance?

  @Option(help: "Which timesteps are visited: trailing, leading or linspace.")
  var spacing: TimestepSpacing = .trailing

  @Option(
    name: .customLong("where"), parsing: .singleValue,
    help: ArgumentHelp(
      "The category of a condition that the model was trained with; all as often as in the data unless "
        + "given. Can be repeated.", valueName: "NAME=VALUE"))
  var choices: [Choice] = []

  @Option(
    help: ArgumentHelp(
      "Classifier-free guidance w: the denoiser is D(x) + w (D(x|c) - D(x)), with c the conditions. 1 is p(x|c), "
        + "0 is p(x); above 1, samples are more typical of c, and less various.", valueName: "W"))
  var guidance: Double?

  @Option(help: ArgumentHelp("How much noise heun adds on its way (S_churn).", valueName: "S"))
  var churn: Double?

  @Option(
    help: ArgumentHelp(
      "What it starts from: standard, N(0, I), or moments, a Gaussian with the moments that the data "
        + "have at the last timestep, which mends schedules that leave too much signal.",
      valueName: "P"))
  var prior: Start = .standard

  @Flag(help: "Clip estimates of the data to the box of the training data.")
  var clip = false

  @Flag(help: "Have ddpm add noise at the last step too, as the original program does.")
  var noiseAtLastStep = false

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
      throw ValidationError("--where \(choice.name): choose one category of it")
    }
    if let eta, !(0...1).contains(eta) {
      throw ValidationError("--eta \(eta): choose a number from 0 to 1")
    }
    if let churn, !(churn >= 0 && churn.isFinite) {
      throw ValidationError("--churn \(churn): choose a number from 0 on")
    }
    try require("--eta", eta != nil, for: .ddim)
    try require("--churn", churn != nil, for: .heun)
    try require("--variance", variance != nil, for: .ddpm)
    try require("--noise-at-last-step", noiseAtLastStep, for: .ddpm)
  }

  private func require(_ option: String, _ isGiven: Bool, for method: Method) throws {
    // Which sampler a model has by default, only the model knows.
    if isGiven, let sampler, sampler != method {
      throw ValidationError(
        "\(option) is for --sampler \(method.rawValue), not \(sampler.rawValue)")
    }
  }

  /// What draws rows like those that `model`, a run of `configuration`, has learned: `count` of them,
  /// under conditions from `seed`.
  func sampler(
    _ model: DiffusionModel, _ configuration: RunConfiguration, count: Int, seed: UInt64
  ) throws -> RowSampler {
    var model = model
    func points() throws -> Matrix {
      configuration.points(of: try configuration.trainingData().training)
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

  /// `error` with the option that it is about.
  private func refusal(_ error: SamplingError) -> ToolError {
    switch error {
    case .conditions(let error): ToolError("--where: \(error)")
    case .steps(let steps, let most):
      ToolError("--steps \(steps): the model has \(most) timesteps; choose at most these")
    case .count, .guidance, .threads, .draws: ToolError("--\(error)")
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
        --guidance \(guidance): the model was trained with --condition-dropout 0, and so without the p(x) that \
        guidance needs; leave it out, or train with more
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
        "\(option): this model is sampled by \(method.rawValue); add --sampler \(needed.rawValue)")
    }
    return switch method {
    case .ddpm: .ddpm(variance: variance ?? .beta, noiseAtLastStep: noiseAtLastStep)
    case .ddim: .ddim(eta: eta ?? 0)
    case .multistep: .dpmSolver2M
    case .heun: .heun(churn: churn.map { Churn(amount: $0) } ?? .none)
    }
  }
}

/// A condition and its category.
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
