public import ArgumentParser
import Checkpoints
public import Diffusion
import LinearAlgebra

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
      "Steps from noise to data. Unless given, all timesteps, or 40 where there are none, 20 for a table.",
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

  /// The sampler of `model`, a run of `configuration`.
  func sampler(_ model: DiffusionModel, _ configuration: RunConfiguration) throws -> Sampler {
    var model = model
    if let stepCount, let largest = model.process.largestStepCount, stepCount > largest {
      throw ToolError(
        "--steps \(stepCount): the model has \(largest) timesteps; choose at most these")
    }
    if prior == .moments && model.moments == nil {
      model.moments = DataMoments(try configuration.trainingData().training)
    }
    return Sampler(
      model, method: try method(model),
      steps: stepCount ?? (model.process.schedule == nil ? configuration.samplingSteps : nil),
      spacing: spacing,
      fromMoments: prior == .moments,
      box: clip ? DataBox(try configuration.trainingData().training) : nil)
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
