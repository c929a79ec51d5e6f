import Diffusion
import Foundation
import LinearAlgebra
import Testing

/// The coefficients of single steps, compared with the formulas of the papers.
@Suite struct SamplingStageTests {
  private static let schedule = NoiseSchedule.linear(steps: 60, scaled: true)

  private func near(_ a: Double, _ b: Double, _ tolerance: Double = 1e-9) -> Bool {
    abs(a - b) <= tolerance * max(abs(a), abs(b), 1e-3)
  }

  /// The last step adds no noise, whatever its timestep; a test for t > 0 would add noise to the data.
  @Test(arguments: TimestepSpacing.allCases, [1, 2, 7, 20, 60])
  func lastStepAddsNoNoise(_ spacing: TimestepSpacing, count: Int) {
    let timesteps = Self.schedule.timesteps(count: count, spacing: spacing)
    let levels = Self.schedule.levels(timesteps: timesteps)
    for variance in ReverseVariance.allCases {
      let stages = SamplingMethod.ddpm(variance: variance).stages(levels)
      #expect(stages.count == count && stages.last?.noise == 0)
      #expect(stages.dropLast().allSatisfy { $0.noise > 0 })
    }
    let last = SamplingMethod.ddpm(noiseAtLastStep: true).stages(levels).last
    #expect(near(last?.noise ?? 0, Self.schedule.noise(timesteps[count - 1])))
    for eta in [0, 0.5, 1] {
      #expect(SamplingMethod.ddim(eta: eta).stages(levels).last?.noise == 0)
    }
  }

  @Test func variancesMatchTheTables() {
    let levels = Self.schedule.levels(timesteps: Array((0..<60).reversed()))
    let beta = SamplingMethod.ddpm(variance: .beta, noiseAtLastStep: true).stages(levels)
    let posterior = SamplingMethod.ddpm(variance: .posterior).stages(levels)
    for t in 0..<60 {
      let (free, bound) = (beta[59 - t].noise, posterior[59 - t].noise)
      #expect(near(free * free, Self.schedule.beta[t]))
      #expect(near(bound * bound, Self.schedule.posteriorVariance[t]))
      if t == 0 { continue }
      let ratio = Self.schedule.oneMinusAlphaBar[t - 1] / Self.schedule.oneMinusAlphaBar[t]
      #expect(near(bound * bound / (free * free), ratio))
      // The mean is that of q(xₜ₋₁ | xₜ, x₀).
      let noise = Self.schedule.oneMinusAlphaBar[t]
      let data = Self.schedule.alphaBar[t - 1].squareRoot() * Self.schedule.beta[t] / noise
      let state =
        Self.schedule.alpha[t].squareRoot() * Self.schedule.oneMinusAlphaBar[t - 1] / noise
      #expect(near(beta[59 - t].denoised, data) && near(beta[59 - t].state, state))
    }
  }

  /// σ = η √((1 - a')/(1 - a)) √(1 - a/a'), and √(1 - a' - σ²) for the direction; a' is 1 at the end.
  @Test(arguments: [0, 0.3, 1], [7, 20, 60])
  func implicitStepsMatchTheFormula(_ eta: Double, count: Int) {
    let timesteps = Self.schedule.timesteps(count: count)
    let stages = SamplingMethod.ddim(eta: eta)
      .stages(Self.schedule.levels(timesteps: timesteps))
    for (index, stage) in stages.enumerated() {
      let a = Self.schedule.alphaBar[timesteps[index]]
      let next = index + 1 < count ? Self.schedule.alphaBar[timesteps[index + 1]] : 1
      let sigma = eta * ((1 - next) / (1 - a)).squareRoot() * (1 - a / next).squareRoot()
      let direction = (1 - next - sigma * sigma).squareRoot() / (1 - a).squareRoot()
      #expect(near(stage.noise, sigma, 1e-6))
      #expect(near(stage.state, direction, 1e-6))
      #expect(near(stage.denoised, next.squareRoot() - direction * a.squareRoot(), 1e-6))
    }
  }

  @Test(arguments: [1, 2, 7, 60])
  func implicitStepsAtEtaOneAreAncestral(_ count: Int) {
    let preserving = Self.schedule.levels(timesteps: Self.schedule.timesteps(count: count))
    for levels in [preserving, KarrasSigmas().levels(count: count)] {
      let implicit = SamplingMethod.ddim(eta: 1).stages(levels)
      let ancestral = SamplingMethod.ddpm(variance: .posterior).stages(levels)
      for (a, b) in zip(implicit, ancestral) {
        #expect(near(a.state, b.state) && near(a.denoised, b.denoised) && near(a.noise, b.noise))
      }
    }
  }

  /// With two steps, the second leads to the data, and both are first-order DDIM steps.
  @Test(arguments: [1, 2])
  func oneOrTwoStepsAreOfFirstOrder(_ count: Int) {
    let levels = Self.schedule.levels(timesteps: Self.schedule.timesteps(count: count))
    let stages = SamplingMethod.dpmSolver2M.stages(levels)
    for (a, b) in zip(stages, SamplingMethod.ddim().stages(levels)) {
      #expect(a.denoisedBefore == 0 && near(a.state, b.state) && near(a.denoised, b.denoised))
    }
    #expect(stages.last?.state == 0 && stages.last?.denoised == 1)
  }

  /// The factor of the state is σ'²/σ², and the noise is √(σ'² (1 - σ'²/σ²)): differences of nearly
  /// equal numbers, which must not cancel.
  @Test(arguments: [1e-2, 1e-4, 1e-6], [0.02, 1, 20])
  func nearlyEqualLevelsDoNotCancel(_ distance: Double, sigma: Double) {
    let (from, to) = (sigma, sigma * (1 - distance))
    let levels = [NoiseLevel(sigma: from), NoiseLevel(sigma: to), .clean]
    let difference = (from - to) / from * (from + to)
    for method in [SamplingMethod.ddim(eta: 1), .ddpm(variance: .posterior)] {
      let stage = method.stages(levels)[0]
      #expect(near(stage.state, to / from * (to / from), 1e-12))
      #expect(
        abs(stage.noise * stage.noise / (to * to / from * difference) - 1) < 1e-8)
      // 1 - (σ'/σ)²: the part of the signal that does not come from the state.
      #expect(abs(stage.denoised / (difference / from) - 1) < 1e-6)
    }
  }

  /// Rounding may make the noise seem to grow; the step then adds zero noise instead of NaN.
  @Test(arguments: [0.1, 0.5, 0.7, 0.9])
  func neighboringFloatingPointLevelsAreFinite(_ noise: Double) {
    var to = noise
    for _ in 0..<200 {
      let from = to.nextUp
      defer { to = from }
      let levels = [from, to].map {
        NoiseLevel(alpha: (1 - $0 * $0).squareRoot(), sigma: $0)
      }
      if levels[0].noiseToSignalRatio <= levels[1].noiseToSignalRatio { continue }
      for method in [SamplingMethod.ddim(eta: 1), .ddpm(), .ddpm(variance: .posterior)] {
        let stage = method.stages(levels + [.clean])[0]
        #expect(stage.noise.isFinite && stage.noise >= 0 && stage.state.isFinite)
        #expect(near(stage.state, 1, 1e-6))
      }
    }
  }

  @Test(
    arguments: [
      SamplingMethod.heun(), .dpmSolver2M, .ddim(eta: 0.4), .ddpm(), .heun(churn: Churn(amount: 5)),
    ], [1, 2, 3, 9])
  func eachStepIsCompletedOnce(_ method: SamplingMethod, count: Int) {
    let levels = KarrasSigmas().levels(count: count)
    let stages = method.stages(levels)
    #expect(stages.compactMap(\.completes) == Array(levels.dropFirst()))
    let evaluations = stages.count { $0.level != nil }
    if case .heun = method {
      #expect(evaluations == 2 * count - 1)
    } else {
      #expect(evaluations == count)
    }
  }

  /// DDPM with the posterior variance is DDIM at eta 1, also if the last level still has noise.
  @Test func lastLevelMayHaveNoise() {
    let levels = [NoiseLevel(alpha: 0.1, sigma: 0.99), NoiseLevel(alpha: 0.6, sigma: 0.8)]
    let ancestral = SamplingMethod.ddpm(variance: .posterior).stages(levels)
    let implicit = SamplingMethod.ddim(eta: 1).stages(levels)
    #expect(abs(ancestral[0].noise - implicit[0].noise) < 1e-12 && ancestral[0].noise > 0.5)
  }

  @Test func rejectsLevelsThatDoNotFall() async {
    await #expect(processExitsWith: .failure) {
      _ = SamplingMethod.ddim().stages([NoiseLevel(sigma: 1), NoiseLevel(sigma: 2)])
    }
    await #expect(processExitsWith: .failure) {
      _ = SamplingMethod.heun().stages([.clean, .clean])
    }
  }
}
