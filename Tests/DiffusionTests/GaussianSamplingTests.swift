import Diffusion
import Foundation
import LinearAlgebra
import Testing

/// For data N(m, d²) the denoiser is linear, D(y) = m + d²/(d² + s²) (y - m) at (1, s), so each sampler
/// multiplies y - m by a factor that follows from the formulas of its paper.
@Suite struct GaussianSamplingTests {
  private static let center = 0.8
  private static let deviation = 0.5
  private static let denoiser = GaussianMixtureDenoiser(
    mean: [center], covariance: .isotropic(deviation * deviation))

  /// The factor by which D shrinks y - m: D - m = kept (y - m).
  private func kept(_ s: Double) -> Double {
    let variance = Self.deviation * Self.deviation
    return variance / (variance + s * s)
  }

  /// The factor (last y - m)/(first y - m) along σ/α.
  private func factor(_ method: SamplingMethod, _ s: [Double]) -> Double {
    var y = 1.0
    var estimates: [Double] = []
    for i in 0..<s.count - 1 {
      let (from, to) = (s[i], s[i + 1])
      let slope = (y - kept(from) * y) / from
      estimates.append(kept(from) * y)
      switch method {
      case .heun where to > 0:
        let next = y + (to - from) * slope
        y += (to - from) / 2 * (slope + (next - kept(to) * next) / to)
      case .dpmSolver2M where to > 0 && i > 0:
        let r = log(s[i - 1] / from) / log(from / to)
        let mixed = (1 + 1 / (2 * r)) * estimates[i] - 1 / (2 * r) * estimates[i - 1]
        y = to / from * y + (1 - to / from) * mixed
      default: y += (to - from) * slope
      }
    }
    return y
  }

  /// With one, two, and three steps, DPM-Solver++(2M) has a first, a last, and one middle step.
  @Test(
    arguments: [SamplingMethod.heun(), .dpmSolver2M, .ddim()], [1, 2, 3, 8])
  func samplesMatchTheFormulas(_ method: SamplingMethod, steps: Int) {
    let exploding = KarrasSigmas(minimum: 0.02, maximum: 10).levels(count: steps)
    let schedule = NoiseSchedule.cosine(steps: 50)
    let preserving = schedule.levels(timesteps: schedule.timesteps(count: steps))
    for levels in [exploding, preserving] {
      let starts: [Float] = [-1.5, -0.1, 0, 0.7, 2]
      let scale = Float(levels[0].scale)
      let states = Matrix<Float>(rows: 5, columns: 1, elements: starts.map { scale * $0 })
      let found = Sampler(Self.denoiser, levels: levels, method: method).run(from: states)
      let s = levels.map(\.noiseToSignalRatio)
      let product = factor(method, s)
      var amplification = 0.0
      if case .heun = method {
        amplification = zip(s, s.dropFirst()).map { $1 > 0 ? $0 / (2 * $1) : 0 }.max() ?? 0
      }
      for row in 0..<5 {
        let y = Double(states[row, 0]) / levels[0].alpha
        let expected = Self.center + product * (y - Self.center)
        // The rounding of y in `Float`, which may be far larger than the samples, and of the slope of a
        // step to much less noise, in which (y - D)/s' is a difference of nearly equal numbers.
        let rounding = 3e-7 * (1 + abs(y * product) + 0.1 * abs(y)) * Double(steps + 2)
        #expect(abs(Double(found[row, 0]) - expected) < rounding * (1 + amplification))
      }
    }
  }

  /// y - m shrinks by √((d² + s'²)/(d² + s²)).
  @Test(arguments: [SamplingMethod.heun(), .dpmSolver2M])
  func manyStepsConvergeToTheFlow(_ method: SamplingMethod) {
    let levels = KarrasSigmas(minimum: 0.05, maximum: 10).sigmas(count: 201).map {
      NoiseLevel(sigma: $0)
    }
    let variance = Self.deviation * Self.deviation
    let flow = ((variance + 0.05 * 0.05) / (variance + 100)).squareRoot()
    let start = Matrix<Float>([[-7], [3], [12]])
    let found = Sampler(Self.denoiser, levels: levels, method: method).run(from: start)
    for row in 0..<3 {
      let expected = Self.center + flow * (Double(start[row, 0]) - Self.center)
      #expect(abs(Double(found[row, 0]) - expected) < 5e-4)
    }
  }

  /// The mean and variance of the samples, from the coefficients of the stages.
  private func moments(
    _ method: SamplingMethod, _ levels: [NoiseLevel], deviation: Double
  ) -> (mean: Double, variance: Double) {
    let square = deviation * deviation
    var (mean, variance) = (0.0, levels[0].scale * levels[0].scale)
    for stage in method.stages(levels) {
      guard let level = stage.level else { continue }
      let (a, s) = (level.alpha, level.sigma)
      let gain = a * square / (a * a * square + s * s)
      let slope = stage.state + stage.denoised * gain
      mean = slope * mean + stage.denoised * (Self.center - gain * a * Self.center)
      variance = slope * slope * variance + stage.noise * stage.noise
    }
    return (mean, variance)
  }

  /// Starting without signal, the means of all states are exact, and the error of the variance falls
  /// with the number of steps.
  @Test(arguments: ReverseVariance.allCases)
  func ancestralSamplingLosesItsBiasWithMoreSteps(_ variance: ReverseVariance) {
    var biases: [Double] = []
    for steps in [50, 100, 200, 400] {
      let schedule = NoiseSchedule.cosine(steps: steps).rescaledToZeroTerminalSNR()
      let levels = schedule.levels(timesteps: schedule.timesteps(count: steps))
      let (mean, found) = moments(
        .ddpm(variance: variance), levels, deviation: Self.deviation)
      #expect(abs(mean - Self.center) < 1e-9)
      biases.append(abs(found - Self.deviation * Self.deviation))
    }
    for (few, many) in zip(biases, biases.dropFirst()) {
      #expect((1.5...2.6).contains(few / many), "\(biases)")
    }
  }

  /// β̃ is exact for a point and β for N(m, 1); for data between them, the former yields too little
  /// variance and the latter too much.
  @Test func variancesEncloseTheExactOne() {
    let schedule = NoiseSchedule.linear(steps: 40, scaled: true).rescaledToZeroTerminalSNR()
    let levels = schedule.levels(timesteps: schedule.timesteps(count: 40))
    let beta = SamplingMethod.ddpm(variance: .beta, noiseAtLastStep: true)
    let posterior = SamplingMethod.ddpm(variance: .posterior)
    for deviation in [0.2, 0.5, 0.9] {
      let square = deviation * deviation
      #expect(moments(posterior, levels, deviation: deviation).variance < square)
      #expect(moments(beta, levels, deviation: deviation).variance > square)
    }
    #expect(abs(moments(beta, levels, deviation: 1).variance - 1) < 1e-9)
    #expect(moments(posterior, levels, deviation: 0).variance < 1e-12)
  }

  private func expectMoments(
    _ samples: [Double], mean expected: Double, deviation: Double,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    // Tolerances are four standard errors.
    let n = Double(samples.count)
    let square = deviation * deviation
    #expect(
      abs(mean(samples) - expected) < 4 * deviation / n.squareRoot(),
      sourceLocation: sourceLocation)
    #expect(
      abs(variance(samples) - square) < 4 * square * (2 / n).squareRoot(),
      sourceLocation: sourceLocation)
  }

  /// For data N(m, 1) and a terminal state without signal, even few steps are exact.
  @Test(arguments: [3, 10])
  func fewStepsFromZeroSignalAreExact(_ steps: Int) {
    let schedule = NoiseSchedule.cosine(steps: 100).rescaledToZeroTerminalSNR()
    let sampler = Sampler(
      GaussianMixtureDenoiser(mean: [-2, 3], covariance: .isotropic(1)),
      levels: schedule.levels(timesteps: schedule.timesteps(count: steps)),
      method: .ddpm(noiseAtLastStep: true))
    let samples = sampler.sample(count: 2000, seed: 3)
    for (column, center) in [-2.0, 3].enumerated() {
      expectMoments(
        (0..<samples.rows).map { Double(samples[$0, column]) }, mean: center, deviation: 1)
    }
  }

  /// Heun's method with churn adds noise and removes it again: samples keep the distribution of the data
  /// and lose the correlation with their starting states.
  @Test func churnPreservesTheDistribution() {
    let levels = KarrasSigmas(minimum: 0.02, maximum: 10).levels(count: 40)
    func samples(_ churn: Churn) -> [Double] {
      doubles(
        Sampler(Self.denoiser, levels: levels, method: .heun(churn: churn))
          .sample(count: 1500, seed: 7))
    }
    let churned = samples(Churn(amount: 20))
    expectMoments(churned, mean: Self.center, deviation: Self.deviation)
    let data = doubles(RandomStream(seed: 71).normal(rows: 1500, columns: 1))
      .map { Self.center + Self.deviation * $0 }
    #expect(kolmogorovSmirnov(churned, data) < 1.95)
    func correlation(_ values: [Double]) -> Double {
      let start = doubles(
        RandomPurpose.samplingNoise.stream(seed: 7, index: 40).normal(rows: 1500, columns: 1))
      let (x, y) = (mean(start), mean(values))
      return mean(zip(start, values).map { ($0 - x) * ($1 - y) })
        / (variance(start) * variance(values)).squareRoot()
    }
    #expect(correlation(samples(.none)) > 0.999)
    #expect(abs(correlation(churned)) < 0.2)
    // Outside its range, churn has no effect.
    #expect(samples(Churn(amount: 20, range: 100...200)) == samples(.none))
    // γ is at most √2 - 1.
    #expect(samples(Churn(amount: 40)) == samples(Churn(amount: 1000)))
  }
}
