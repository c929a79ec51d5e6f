import Diffusion
import Foundation
import LinearAlgebra
import Testing

/// Likelihoods by the probability flow, for distributions whose density is known in closed form.
@Suite struct ProbabilityFlowTests {
  private static let covariance = [0.9, -0.35, -0.35, 0.4]
  private static let mean = [0.4, -0.7]
  private static let gaussian = GaussianMixtureDenoiser(mean: mean, covariance: .full(covariance))
  private static let moments = DataMoments(
    mean: mean, variance: [0.9, 0.4], covariance: covariance)

  private static let mixture = GaussianMixtureDenoiser(
    weights: [0.2, 0.5, 0.3], means: [[-1, 0], [0.5, 1], [1.5, -1]],
    covariances: [.isotropic(0.1), .diagonal([0.5, 0.05]), .full([0.4, 0.25, 0.25, 0.3])])

  private static let points = RandomStream(seed: 1).normal(rows: 140, columns: 2)

  /// ln N(x; m, Σ + σ² I), with the inverse written out by hand.
  private func logDensity(_ x: [Double], sigma: Double) -> Double {
    let (a, b, c) = (
      Self.covariance[0] + sigma * sigma, Self.covariance[1], Self.covariance[3] + sigma * sigma
    )
    let determinant = a * c - b * b
    let (u, v) = (x[0] - Self.mean[0], x[1] - Self.mean[1])
    return -0.5 * (c * u * u - 2 * b * u * v + a * v * v) / determinant
      - 0.5 * log(determinant) - log(2 * Double.pi)
  }

  private func row(_ matrix: Matrix<Float>, _ row: Int) -> [Double] {
    doubles(matrix.rows(row..<row + 1))
  }

  @Test(arguments: [0.01, 0.3])
  func matchesTheDensityOfAGaussian(_ minimum: Double) throws {
    // The moments describe a Gaussian completely, so even a low maximum level is exact.
    for maximum in [2.0, 20] {
      let flow = ProbabilityFlow(
        minimum: minimum, maximum: maximum, prior: .moments(Self.moments))
      let result = try flow.logLikelihood(of: Self.points, Self.gaussian)
      for i in 0..<Self.points.rows {
        let expected = logDensity(row(Self.points, i), sigma: minimum)
        #expect(abs(result.values[i] - expected) < 1e-5 * (1 + abs(expected)))
      }
    }
  }

  private static let mixtureMoments = DiffusionTests.mixtureMoments(
    weights: [0.2, 0.5, 0.3], means: [[-1, 0], [0.5, 1], [1.5, -1]],
    covariances: [[0.1, 0, 0, 0.1], [0.5, 0, 0, 0.05], [0.4, 0.25, 0.25, 0.3]])

  /// Returns the largest error among all points.
  private func error(
    _ flow: ProbabilityFlow, _ denoiser: some Denoiser, _ mixture: GaussianMixtureDenoiser
  ) throws -> Double {
    let points = Self.points.rows(0..<40)
    let values = try flow.logLikelihood(of: points, denoiser).values
    return values.indices.map {
      abs(values[$0] - mixture.logDensity(of: row(points, $0), at: NoiseLevel(sigma: flow.minimum)))
    }.max() ?? .nan
  }

  /// The prior has the exact mean and covariance, so its error is of third order in 1/σ.
  @Test func matchesTheDensityOfAMixture() throws {
    let errors = try [20.0, 100].map {
      let flow = ProbabilityFlow(
        minimum: 0.02, maximum: $0, steps: 160, prior: .moments(Self.mixtureMoments))
      return try error(flow, Self.mixture, Self.mixture)
    }
    #expect(errors[0] < 5e-3 && errors[1] < 5e-5, "\(errors)")
    #expect(errors[0] / errors[1] > 80, "\(errors)")
  }

  /// The prior N(0, (1 + σ²) I) has the wrong mean, an error of first order in 1/σ for a point.
  @Test func standardPriorConvergesAtHighNoise() throws {
    let errors = try [20.0, 200, 2000].map {
      try error(ProbabilityFlow(minimum: 0.1, maximum: $0, steps: 128), Self.mixture, Self.mixture)
    }
    #expect(errors[0] < 0.2 && errors[1] < 0.02 && errors[2] < 0.002, "\(errors)")
    #expect(errors[0] > 0.01, "\(errors)")
  }

  /// The Runge-Kutta method is of fourth order: half the step gives a sixteenth of the error.
  @Test func errorsFallWithTheFourthPower() throws {
    let points = Self.points.rows(0..<20)
    func error(_ steps: Int) throws -> Double {
      let flow = ProbabilityFlow(
        minimum: 0.1, maximum: 10, steps: steps, prior: .moments(Self.moments))
      let result = try flow.logLikelihood(of: points, Self.gaussian)
      return (0..<20).map { abs(result.values[$0] - logDensity(row(points, $0), sigma: 0.1)) }
        .max() ?? .nan
    }
    let errors = try [error(5), error(10), error(20)]
    for (coarse, fine) in zip(errors, errors.dropFirst()) {
      #expect(coarse / fine > 11 && coarse / fine < 24, "\(errors)")
    }
  }

  /// A set of points with the lowest noise level is a mixture of Gaussians.
  @Test func matchesTheDensityOfASetOfPoints() throws {
    let points = RandomStream(seed: 7).normal(rows: 30, columns: 2)
    let mixture = GaussianMixtureDenoiser(
      weights: Array(repeating: 1, count: 30), means: (0..<30).map { row(points, $0) },
      covariances: Array(repeating: .isotropic(0), count: 30))
    let flow = ProbabilityFlow(minimum: 0.2, steps: 128, prior: .moments(DataMoments(points)))
    #expect(try error(flow, EmpiricalDenoiser(points), mixture) < 2e-3)
  }

  /// In other units, the log density is that of the standardized data minus the logarithms of the
  /// deviations.
  @Test func standardizationChangesTheUnit() throws {
    let standardization = Standardization(mean: [3, -1], deviation: [10, 0.5])
    let data = standardization.invert(Self.points)
    let flow = ProbabilityFlow(steps: 16)
    let standardized = try flow.logLikelihood(of: Self.points, Self.gaussian)
    let result = try flow.logLikelihood(
      of: data, Self.gaussian, standardization: standardization)
    for (value, other) in zip(result.values, standardized.values) {
      #expect(abs(value - (other - log(5))) < 1e-4)
    }
    #expect(abs(result.mean - (standardized.mean - log(5))) < 1e-5)
    #expect(abs(result.bitsPerDimension + result.mean / (2 * log(2))) < 1e-12)
  }

  @Test func resultsDoNotDependOnThreads() throws {
    let points = RandomStream(seed: 2).normal(rows: 300, columns: 2)
    let flow = ProbabilityFlow(steps: 3)
    let results = try [1, 2, 5].map {
      try flow.logLikelihood(of: points, Self.mixture, threads: $0)
    }
    #expect(results[0] == results[1] && results[0] == results[2])
    // Results do not depend on the other points either.
    let few = try flow.logLikelihood(of: points.rows(0..<5), Self.mixture)
    #expect(few.values == Array(results[0].values[..<5]))
  }

  @Test func standardErrorIsThatOfTheMean() {
    let result = LogLikelihood(values: [1, 2, 3, 6], dimension: 2)
    #expect(result.mean == 3)
    #expect(abs(result.standardError - (14.0 / 3 / 4).squareRoot()) < 1e-12)
    #expect(abs(result.standardErrorInBits * 2 * log(2) - result.standardError) < 1e-12)
  }

  @Test func rejectsInvalidData() throws {
    let flow = ProbabilityFlow(steps: 1)
    #expect(throws: LikelihoodError.noPoints) {
      try flow.logLikelihood(of: Matrix<Float>(rows: 0, columns: 2), Self.gaussian)
    }
    #expect(throws: LikelihoodError.notFinite(row: 1)) {
      try flow.logLikelihood(of: Matrix<Float>([[0, 0], [0, .nan]]), Self.gaussian)
    }
    let wide = GaussianMixtureDenoiser(
      mean: Array(repeating: 0, count: 65), covariance: .isotropic(1))
    let error = #expect(throws: LikelihoodError.tooManyColumns(65)) {
      try flow.logLikelihood(of: Matrix<Float>(rows: 1, columns: 65), wide)
    }
    #expect(error?.description.contains("use the variational bound") == true)
  }
}
