import LangevinPreconditions
import LinearAlgebra

/// One stage of the reverse process: an evaluation of the denoiser, and a linear combination.
///
///     x ← state · x + denoised · D(x) + before · x_before + denoisedBefore · D_before + noise · z
///
/// x_before and D_before are x and D of the previous stage, and z is standard normal. Every sampler is a list
/// of stages. Samplers differ only in the factors.
public struct ReverseStage: Sendable, Hashable {
  /// The level at which the denoiser is evaluated; nil for a stage without an evaluation, which has no D.
  public var level: NoiseLevel?
  /// The factor of x.
  public var state: Double
  /// The factor of D(x).
  public var denoised: Double
  /// The factor of x_before, the state before the previous stage.
  public var before: Double
  /// The factor of D_before, the estimate of the previous stage.
  public var denoisedBefore: Double
  /// The factor of the noise z.
  public var noise: Double
  /// The level of the result if the stage completes a step, otherwise nil.
  public var completes: NoiseLevel?

  /// Creates a stage. The factors must be finite.
  public init(
    level: NoiseLevel? = nil, state: Double = 1, denoised: Double = 0, before: Double = 0,
    denoisedBefore: Double = 0, noise: Double = 0, completes: NoiseLevel? = nil
  ) {
    require(
      [state, denoised, before, denoisedBefore, noise].allSatisfy(\.isFinite),
      "ReverseStage: all factors must be finite")
    self.level = level
    self.state = state
    self.denoised = denoised
    self.before = before
    self.denoisedBefore = denoisedBefore
    self.noise = noise
    self.completes = completes
  }
}

/// A custom sampler, defined by a function that returns the stages of a step.
///
///     let euler = CustomSampling("euler") { from, to, _ in
///       let ratio = to.sigma / from.sigma
///       return [ReverseStage(
///         level: from, state: ratio, denoised: to.alpha - ratio * from.alpha, completes: to)]
///     }
///     let samples = Sampler(model, method: .custom(euler)).sample(count: 1000, seed: 1)
///
/// Two custom samplers are equal if their names are equal.
public struct CustomSampling: Sendable, Hashable {
  /// A closure that returns the stages of the step from the level of the state to one with less noise.
  ///
  /// `before` is the level before `from`; nil in the first step. The last stage, and no other, must complete
  /// `to`.
  public typealias Stages =
    @Sendable (
      _ from: NoiseLevel, _ to: NoiseLevel, _ before: NoiseLevel?
    ) -> [ReverseStage]

  /// The name of the sampler.
  public let name: String
  let stages: Stages

  /// Creates a sampler named `name`.
  public init(_ name: String, stages: @escaping Stages) {
    self.name = name
    self.stages = stages
  }

  public static func == (a: CustomSampling, b: CustomSampling) -> Bool { a.name == b.name }
  public func hash(into hasher: inout Hasher) { hasher.combine(name) }

  fileprivate func checkedStages(_ step: Step) -> [ReverseStage] {
    let result = stages(step.from, step.to, step.before)
    require(
      result.last?.completes == step.to && result.dropLast().allSatisfy { $0.completes == nil },
      "CustomSampling \(name): the last stage of a step, and no other, must complete \(step.to)")
    return result
  }
}

extension SamplingMethod {
  /// Returns the stages that lead through `levels`, from the noisiest to the last, which may be that of the
  /// data.
  public func stages(_ levels: [NoiseLevel]) -> [ReverseStage] {
    for (from, to) in zip(levels, levels.dropFirst()) {
      require(
        from.sigma > 0 && from.noiseToSignalRatio > to.noiseToSignalRatio,
        "SamplingMethod: the noise must fall from \(from) to \(to)")
    }
    var stages: [ReverseStage] = []
    for index in levels.indices.dropLast() {
      let step = Step(
        from: levels[index], to: levels[index + 1],
        before: index > 0 ? levels[index - 1] : nil)
      switch self {
      case .ddpm(let variance, let noiseAtLastStep):
        stages.append(step.ancestral(variance, noiseAtLastStep: noiseAtLastStep))
      case .ddim(let eta): stages.append(step.implicit(eta: eta))
      case .dpmSolver2M: stages.append(step.multistep())
      case .heun(let churn): stages += step.heun(churn, steps: levels.count - 1)
      case .custom(let custom):
        stages += custom.checkedStages(step)
      }
    }
    return stages
  }
}

/// The step from one level to the next. Formulas use α, σ of `from`, α', σ' of `to`, and λ = ln(α/σ).
private struct Step {
  var from: NoiseLevel
  var to: NoiseLevel
  var before: NoiseLevel?

  /// The logarithm 2 (λ - λ') of SNR/SNR', which is -∞ if `to` is the data.
  private var logRatio: Double { to.sigma == 0 ? -.infinity : 2 * (from.lambda - to.lambda) }

  /// The variance σ² - (α/α')² σ'², without cancellation. For one step of a schedule it is β.
  private var variance: Double { -from.sigma * from.sigma * exponentialMinusOne(logRatio) }

  /// q(x' | x, x₀) = N((α/α') (σ'/σ)² x + α' v/σ² x₀, (σ'/σ)² v), where v is ``variance``.
  func ancestral(_ kind: ReverseVariance, noiseAtLastStep: Bool) -> ReverseStage {
    let ratio = to.sigma / from.sigma
    let deviation = variance.squareRoot() * (kind == .posterior ? ratio : 1)
    return ReverseStage(
      level: from, state: from.alpha / to.alpha * ratio * ratio,
      denoised: to.alpha * variance / (from.sigma * from.sigma),
      noise: to.sigma == 0 && !noiseAtLastStep ? 0 : deviation, completes: to)
  }

  /// x' = α' D + √(σ'² - s²) ε + s z,  s = η (σ'/σ) √v,  ε = (x - α D)/σ.
  func implicit(eta: Double) -> ReverseStage {
    let ratio = to.sigma / from.sigma
    let deviation = eta * ratio * variance.squareRoot()
    // σ'² - s² = σ'² (1 - η² (1 - e^2(λ-λ'))): at η = 1 the two do not cancel.
    let direction = max(0, 1 + eta * eta * exponentialMinusOne(logRatio)).squareRoot()
    return ReverseStage(
      level: from, state: ratio * direction,
      denoised: to.alpha - ratio * direction * from.alpha, noise: deviation, completes: to)
  }

  /// x' = σ'/σ x - α' (e^-h - 1) ((1 + 1/2r) D - 1/2r D_before),  h = λ' - λ,  r = h_before/h. The first
  /// step and the step to the data are of first order.
  func multistep() -> ReverseStage {
    let growth = to.sigma == 0 ? -1 : exponentialMinusOne(logRatio / 2)
    var extrapolation = 0.0
    if let before, to.sigma > 0 {
      extrapolation = (to.lambda - from.lambda) / (2 * (from.lambda - before.lambda))
    }
    return ReverseStage(
      level: from, state: to.sigma / from.sigma,
      denoised: -to.alpha * growth * (1 + extrapolation),
      denoisedBefore: to.alpha * growth * extrapolation, completes: to)
  }

  /// Euler's step for y = x/α along dy/ds = (y - D)/s, s = σ/α, and then a step along the mean of both
  /// slopes.
  func heun(_ churn: Churn, steps: Int) -> [ReverseStage] {
    var stages: [ReverseStage] = []
    var from = from
    let growth = churn.growth(at: from.noiseToSignalRatio, steps: steps)
    if growth > 0 {
      let noisier = from.sigma * (1 + growth)
      stages.append(
        ReverseStage(
          noise: churn.deviation * from.sigma * (growth * (2 + growth)).squareRoot()))
      from = NoiseLevel(alpha: from.alpha, sigma: noisier)
    }
    // Without a signal there is no slope, and Euler's step is exact.
    let corrects = to.sigma > 0 && from.alpha > 0
    stages.append(
      ReverseStage(
        level: from, state: to.sigma / from.sigma,
        denoised: to.alpha - to.sigma * from.alpha / from.sigma,
        completes: corrects ? nil : to))
    if corrects {
      let (s, next) = (from.noiseToSignalRatio, to.noiseToSignalRatio)
      let half = (next - s) / 2
      stages.append(
        ReverseStage(
          level: to, state: half / next, denoised: -to.alpha * half / next,
          before: to.alpha / from.alpha * (1 + half / s),
          denoisedBefore: -to.alpha * half / s, completes: to))
    }
    return stages
  }
}
