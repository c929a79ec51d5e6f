import Diffusion
import Foundation
import LinearAlgebra
import Testing

/// The terms of the variational bound, for data whose terms are known in closed form.
@Suite struct VariationalBoundTests {
  /// Data N(m, s² I) in two columns.
  private static let center = 0.6
  private static let deviation = 0.8
  private static let gaussian = GaussianMixtureDenoiser(
    mean: [center, center], covariance: .isotropic(deviation * deviation))

  private static func data(_ count: Int) -> Matrix<Float> {
    let noise = RandomStream(seed: 11).normal(rows: count, columns: 2)
    return noise.map { Float(center + deviation * Double($0)) }
  }

  private static let schedules = [
    NoiseSchedule(beta: [0.3]), NoiseSchedule(beta: [0.1, 0.6]), .cosine(steps: 12),
    .linear(steps: 40), .sigmoid(steps: 20, start: 1e-3, end: 0.4).rescaledToZeroTerminalSNR(),
  ]

  /// Returns the mean of each term for the exact denoiser, and the deviation of one point's term.
  private func expected(
    _ schedule: NoiseSchedule, _ variance: ReverseVariance, reconstruction: Double? = nil
  ) -> [(mean: Double, deviation: Double)] {
    let spread = Self.deviation * Self.deviation
    var before = 1.0
    return (0..<schedule.steps).map { t in
      let beta = schedule.beta[t]
      let kept = before * (1 - beta)
      // The mean of (x₀ - D)² given xₜ, in each column.
      let error = spread * (1 - kept) / (kept * spread + 1 - kept)
      defer { before = kept }
      if t == 0 {
        let next = schedule.steps > 1 ? schedule.beta[1] : 0
        let usual = schedule.steps > 1 ? next * (1 - kept) / (1 - kept * (1 - next)) : beta
        let variance = reconstruction ?? usual
        return (log(2 * Double.pi * variance) + error / variance, error / variance)
      }
      // KL(N(μ₁, v₁) ‖ N(μ₂, v₂)) = ½ (v₁/v₂ - 1 - ln v₁/v₂ + (μ₁ - μ₂)²/v₂) for each of two columns.
      let posterior = beta * (1 - before) / (1 - kept)
      let reverse = variance == .beta ? beta : posterior
      let gain = before.squareRoot() * beta / (1 - kept)
      let ofMeans = gain * gain * error / reverse
      return (posterior / reverse - 1 - log(posterior / reverse) + ofMeans, ofMeans)
    }
  }

  /// The mean of KL(q(x_T | x₀) ‖ N(0, I)).
  private func expectedPrior(_ schedule: NoiseSchedule) -> Double {
    let kept = schedule.beta.reduce(1) { $0 * (1 - $1) }
    let square = Self.center * Self.center + Self.deviation * Self.deviation
    return kept * square + (1 - kept) - 1 - log(1 - kept)
  }

  private var entropy: Double { log(2 * Double.pi * exp(1) * Self.deviation * Self.deviation) }

  /// Each term is within four standard errors of its exact value: the sum of two squares of normal
  /// numbers of variance v has the deviation 2v.
  @Test(arguments: schedules.indices, ReverseVariance.allCases)
  func termsMatchAGaussian(_ index: Int, variance: ReverseVariance) throws {
    let schedule = Self.schedules[index]
    let count = 1500
    let bound = try BoundEstimator(schedule, variance: variance)
      .bound(of: Self.data(count), Self.gaussian, random: RandomStream(seed: 5, stream: 1 << 60))
    let terms = expected(schedule, variance)
    let found = [bound.reconstruction] + bound.steps
    #expect(found.count == terms.count)
    for (value, term) in zip(found, terms) {
      #expect(abs(value - term.mean) < 4 * term.deviation / Double(count).squareRoot() + 1e-6)
    }
    // The prior term depends on the data alone: kept/2 ‖x₀‖², whose deviation is known.
    let kept = schedule.alphaBar[schedule.steps - 1]
    let (m, s) = (Self.center, Self.deviation)
    let deviation = kept / 2 * (2 * (2 * s * s * s * s + 4 * m * m * s * s)).squareRoot()
    #expect(
      abs(bound.prior - expectedPrior(schedule))
        < 4 * deviation / Double(count).squareRoot() + 1e-12)
    // The bound holds for the exact sum and for the estimate.
    let total = expectedPrior(schedule) + terms.reduce(0) { $0 + $1.mean }
    #expect(total > entropy)
    #expect(abs(bound.total - total) < 4 * bound.standardError + 1e-6)
    #expect(abs(bound.total - mean(bound.values)) < 1e-9)
  }

  /// With many short steps and the right variances, the exact denoiser's bound approaches the entropy.
  /// The default variance of the reconstruction, β₀/r with r near 2, adds ½ (r - 1 - ln r) per column.
  @Test func manyStepsTightenTheBound() {
    func gap(_ steps: Int, usual: Bool) -> Double {
      let schedule = NoiseSchedule.linear(steps: steps)
      let variance = usual ? nil : schedule.oneMinusAlphaBar[0]
      let terms = expected(schedule, .beta, reconstruction: variance)
      return expectedPrior(schedule) + terms.reduce(0) { $0 + $1.mean } - entropy
    }
    let gaps = [50, 500, 5000].map { gap($0, usual: false) }
    #expect(gaps[0] > 3 * gaps[1] && gaps[1] > 3 * gaps[2] && gaps[2] > 0, "\(gaps)")
    #expect(gaps[2] < 0.01, "\(gaps)")
    let schedule = NoiseSchedule.linear(steps: 5000)
    let r = schedule.oneMinusAlphaBar[0] / exp(schedule.posteriorLogVariance[0])
    #expect(abs(r - 2) < 0.05)
    #expect(abs(gap(5000, usual: true) - gaps[2] - (r - 1 - log(r))) < 1e-3)
  }

  /// The chain for models without timesteps: its levels, and the tight bound of 500 steps.
  @Test func geometricChainGivesATightBound() {
    func gap(_ steps: Int) -> Double {
      let schedule = NoiseSchedule.geometric(steps: steps, least: 0.005, greatest: 20)
      for t in [0, steps / 2, steps - 1] {
        let sigma = 0.005 * pow(4000, Double(t) / Double(steps - 1))
        #expect(abs(schedule.alphaBar[t] * (1 + sigma * sigma) - 1) < 1e-9)
      }
      let terms = expected(
        schedule, .beta, reconstruction: schedule.oneMinusAlphaBar[0])
      return expectedPrior(schedule) + terms.reduce(0) { $0 + $1.mean } - entropy
    }
    let gaps = [50, 500, 5000].map(gap)
    // The loss at both ends remains, whatever the number of steps between them.
    #expect(gaps[0] > 3 * gaps[1] && gaps[1] > gaps[2] && gaps[2] > 0, "\(gaps)")
    #expect(gaps[1] < 0.002, "\(gaps)")
  }

  /// Any variance of the reconstruction gives a bound; 1 - ᾱ₀ gives a tighter one than the default.
  @Test func reconstructionVarianceCanBeChosen() throws {
    let schedule = NoiseSchedule(beta: Array(repeating: 0.02, count: 30))
    let points = Self.data(400)
    let random = RandomStream(seed: 2)
    func reconstruction(_ variance: Double?) throws -> Double {
      try BoundEstimator(schedule, reconstructionVariance: variance)
        .bound(of: points, Self.gaussian, random: random).reconstruction
    }
    let usual = try reconstruction(nil)
    let exact = try reconstruction(schedule.oneMinusAlphaBar[0])
    #expect(try usual == reconstruction(exp(schedule.posteriorLogVariance[0])))
    // Both depend on the same errors e: ln 2πv + e/(2v) in two columns.
    let (v, w) = (exp(schedule.posteriorLogVariance[0]), schedule.oneMinusAlphaBar[0])
    let error = (usual - log(2 * Double.pi * v)) * v
    #expect(abs(exact - (log(2 * Double.pi * w) + error / w)) < 1e-9)
    #expect(exact < usual)
  }

  /// At t = 0 the posterior variance is 0, and a schedule of one timestep has no other variance.
  @Test(arguments: schedules.indices)
  func lastStepHasAVariance(_ index: Int) throws {
    let schedule = Self.schedules[index]
    let one = GaussianMixtureDenoiser(mean: [0.5], covariance: .isotropic(0))
    let bound = try BoundEstimator(schedule, variance: .posterior)
      .bound(of: Matrix<Float>([[0.5]]), one, random: RandomStream(seed: 1))
    // The denoiser returns the point, so only the density at its center remains.
    let variance = exp(schedule.posteriorLogVariance[0])
    #expect(variance > 0)
    #expect(abs(bound.reconstruction - 0.5 * log(2 * Double.pi * variance)) < 1e-9)
    #expect(bound.steps.allSatisfy { $0 == 0 })
  }

  /// A density changes with the unit of the data, by the determinant of the standardization.
  @Test func standardizationChangesTheUnit() throws {
    let points = Self.data(200)
    let standardization = Standardization(mean: [1, 2], deviation: [10, 4])
    let estimator = BoundEstimator(.cosine(steps: 10))
    let random = RandomStream(seed: 3)
    let a = try estimator.bound(of: points, Self.gaussian, random: random)
    let b = try estimator.bound(
      of: standardization.invert(points), Self.gaussian, standardization: standardization,
      random: random)
    #expect(a.logDeterminant == 0 && abs(b.logDeterminant + log(40)) < 1e-12)
    #expect(abs(b.total - a.total - log(40)) < 1e-4)
    #expect(abs(mean(b.values) - b.total) < 1e-9)
    #expect(abs(b.bitsPerDimension * 2 * log(2) - b.total) < 1e-12)
  }

  /// The prior term is reported separately, and is 0 without terminal signal.
  @Test func priorTermIsSeparate() throws {
    let points = Self.data(100)
    let leaky = NoiseSchedule.sigmoid(steps: 20)
    let diagnosis = ScheduleDiagnosis(leaky, moments: DataMoments(points))
    let random = RandomStream(seed: 3)
    let bound = try BoundEstimator(leaky).bound(of: points, Self.gaussian, random: random)
    #expect(abs(bound.prior - diagnosis.priorTerm) < 1e-6)
    let rescaled = try BoundEstimator(leaky.rescaledToZeroTerminalSNR())
      .bound(of: points, Self.gaussian, random: random)
    #expect(rescaled.prior == 0)
  }

  /// The bound exceeds the negative log likelihood, and the likelihood matches that of the mixture.
  @Test func boundExceedsTheNegativeLogLikelihood() throws {
    let mixture = GaussianMixtureDenoiser(
      weights: [1, 2], means: [[-1, 0.5], [1, 0]],
      covariances: [.isotropic(0.1), .diagonal([0.05, 0.4])])
    let noise = RandomStream(seed: 8).normal(rows: 600, columns: 2)
    let points = Matrix<Float>(rows: 600, columns: 2) { row, column in
      row % 3 == 0
        ? [-1, 0.5][column] + Float(0.1).squareRoot() * noise[row, column]
        : [1, 0][column] + [Float(0.05), 0.4][column].squareRoot() * noise[row, column]
    }
    let schedule = NoiseSchedule.cosine(steps: 100)
    let bound = try BoundEstimator(schedule, reconstructionVariance: schedule.oneMinusAlphaBar[0])
      .bound(of: points, mixture, random: RandomStream(seed: 4))
    let moments = mixtureMoments(
      weights: [1, 2], means: [[-1, 0.5], [1, 0]],
      covariances: [[0.1, 0, 0, 0.1], [0.05, 0, 0, 0.4]])
    let flow = try ProbabilityFlow(
      minimum: 1e-3, maximum: 50, steps: 160, prior: .moments(moments)
    )
    .logLikelihood(of: points.rows(0..<100), mixture)
    let exact = (0..<600).map {
      mixture.logDensity(of: doubles(points.rows($0..<$0 + 1)), at: .clean)
    }
    for (value, expected) in zip(flow.values, exact) { #expect(abs(value - expected) < 1e-3) }
    let gaps = zip(bound.values, exact).map { $0 + $1 }
    let error = (variance(gaps) / 600).squareRoot()
    #expect(mean(gaps) > -4 * error)
    #expect(mean(gaps) < 0.5 + 4 * error)
  }

  @Test func resultsDoNotDependOnThreads() throws {
    let points = Self.data(300)
    let estimator = BoundEstimator(.cosine(steps: 5))
    let results = try [1, 2, 5].map {
      try estimator.bound(
        of: points, Self.gaussian, random: RandomStream(seed: 1), threads: $0)
    }
    #expect(results[0] == results[1] && results[0] == results[2])
    let few = try estimator.bound(
      of: points.rows(0..<3), Self.gaussian, random: RandomStream(seed: 1))
    #expect(few.values == Array(results[0].values[..<3]))
  }

  @Test func rejectsInvalidData() {
    let estimator = BoundEstimator(.cosine(steps: 5))
    #expect(throws: LikelihoodError.noPoints) {
      try estimator.bound(
        of: Matrix<Float>(rows: 0, columns: 2), Self.gaussian, random: RandomStream(seed: 1))
    }
    #expect(throws: LikelihoodError.notFinite(row: 0)) {
      try estimator.bound(
        of: Matrix<Float>([[.infinity, 0]]), Self.gaussian, random: RandomStream(seed: 1))
    }
  }
}
