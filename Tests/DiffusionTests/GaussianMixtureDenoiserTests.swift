import Diffusion
import Foundation
import LinearAlgebra
import Testing

/// The exact denoiser of a mixture, compared with integrals and finite differences.
@Suite struct GaussianMixtureDenoiserTests {
  private static let line = GaussianMixtureDenoiser(
    weights: [1, 3, 2], means: [[-1], [0.5], [2]],
    covariances: [.isotropic(0.04), .diagonal([0.3]), .full([0.01])])

  private static let plane = GaussianMixtureDenoiser(
    weights: [0.2, 0.5, 0.3], means: [[-1, 0], [0.5, 1], [2, -1]],
    covariances: [
      .isotropic(0.1), .diagonal([0.5, 0.02]), .full([0.4, 0.25, 0.25, 0.3]),
    ])

  private static let levels =
    [0.05, 0.3, 1, 5].flatMap {
      [NoiseLevel(sigma: $0), NoiseLevel(sigma: $0).variancePreserving]
    } + [NoiseLevel(alpha: 0, sigma: 1)]

  /// ∫ x₀ p(x₀) N(x; α x₀, σ²) dx₀ divided by the same integral without x₀, by the trapezoidal rule,
  /// whose only error for such functions is rounding.
  @Test(arguments: levels)
  func matchesThePosteriorMeanInOneDimension(_ level: NoiseLevel) {
    let components = [(1.0, -1.0, 0.04), (3.0, 0.5, 0.3), (2.0, 2.0, 0.01)]
    for x in [-2.0, -0.4, 0.1, 1.3, 2.5] {
      var (mass, first, second) = (0.0, 0.0, 0.0)
      for i in -12000...12000 {
        let data = Double(i) / 2000
        let prior = components.reduce(0) {
          $0 + $1.0 / 6 * exp(-(data - $1.1) * (data - $1.1) / (2 * $1.2))
            / (2 * Double.pi * $1.2).squareRoot()
        }
        let error = (x - level.alpha * data) / level.sigma
        let weight =
          prior * exp(-0.5 * error * error) / ((2 * Double.pi).squareRoot() * level.sigma * 2000)
        mass += weight
        first += weight * data
        second += weight * data * data
      }
      let data = first / mass
      let divergence =
        level.alpha / (level.sigma * level.sigma) * (second / mass - data * data)
      #expect(abs(Self.line.denoise([x], at: level)[0] - data) < 1e-9)
      #expect(abs(Self.line.logDensity(of: [x], at: level) - log(mass)) < 1e-9)
      #expect(abs(Self.line.divergence(of: [x], at: level) - divergence) < 1e-8 * (1 + divergence))
    }
  }

  @Test(arguments: levels)
  func divergencesMatchFiniteDifferences(_ level: NoiseLevel) {
    for state in [[0.3, 0.2], [-1, 2], [1.5, -0.5]] {
      let h = 1e-5
      let numeric = (0..<2).reduce(0.0) { sum, j in
        var (up, down) = (state, state)
        up[j] += h
        down[j] -= h
        return sum
          + (Self.plane.denoise(up, at: level)[j] - Self.plane.denoise(down, at: level)[j])
          / (2 * h)
      }
      #expect(abs(Self.plane.divergence(of: state, at: level) - numeric) < 1e-6 * (1 + numeric))
    }
  }

  @Test(arguments: levels)
  func scoresAreGradientsOfTheLogDensity(_ level: NoiseLevel) {
    for state in [[0.3, 0.2], [-1, 2], [1.5, -0.5]] {
      let score = Self.plane.score(of: state, at: level)
      for j in 0..<2 {
        let h = 1e-5
        var (up, down) = (state, state)
        up[j] += h
        down[j] -= h
        let numeric =
          (Self.plane.logDensity(of: up, at: level) - Self.plane.logDensity(of: down, at: level))
          / (2 * h)
        #expect(abs(score[j] - numeric) < 1e-6 * (1 + abs(numeric)))
      }
    }
  }

  /// One Gaussian with a full covariance; the inverse of the 2 × 2 matrix is written out by hand.
  @Test(arguments: levels)
  func oneGaussianIsLinear(_ level: NoiseLevel) {
    let (a, b, c) = (0.9, -0.35, 0.2)
    let mean = [0.4, -0.7]
    let denoiser = GaussianMixtureDenoiser(mean: mean, covariance: .full([a, b, b, c]))
    let (alpha, variance) = (level.alpha, level.sigma * level.sigma)
    let (p, q, r) = (alpha * alpha * a + variance, alpha * alpha * b, alpha * alpha * c + variance)
    let determinant = p * r - q * q
    let x = [1.1, 0.3]
    let (u, v) = (x[0] - alpha * mean[0], x[1] - alpha * mean[1])
    let (y, z) = ((r * u - q * v) / determinant, (p * v - q * u) / determinant)
    let denoised = denoiser.denoise(x, at: level)
    #expect(abs(denoised[0] - (mean[0] + alpha * (a * y + b * z))) < 1e-12)
    #expect(abs(denoised[1] - (mean[1] + alpha * (b * y + c * z))) < 1e-12)
    let trace = alpha * (a * r - 2 * b * q + c * p) / determinant
    #expect(abs(denoiser.divergence(of: x, at: level) - trace) < 1e-12)
    let density = -0.5 * (u * y + v * z) - 0.5 * log(determinant) - log(2 * Double.pi)
    #expect(abs(denoiser.logDensity(of: x, at: level) - density) < 1e-12)
  }

  /// Six correlated columns: D = m + Σ y with C y = α (x - α m), C = α² Σ + σ² I.
  @Test(arguments: [0.1, 1, 10])
  func manyColumnsSolveTheNormalEquations(_ sigma: Double) {
    let d = 6
    let factor = doubles(RandomStream(seed: 9).normal(rows: d, columns: d))
    var covariance = [Double](repeating: 0, count: d * d)
    for i in 0..<d {
      for j in 0..<d {
        for k in 0..<d { covariance[i * d + j] += factor[i * d + k] * factor[j * d + k] }
      }
    }
    let mean = (0..<d).map { 0.3 * Double($0) - 1 }
    let level = NoiseLevel(alpha: 0.8, sigma: sigma)
    let x = (0..<d).map { sin(Double($0)) }
    let denoiser = GaussianMixtureDenoiser(mean: mean, covariance: .full(covariance))
    let denoised = denoiser.denoise(x, at: level)
    // C ∇ ln p = -(x - α m), so y is -α times the score.
    let y = denoiser.score(of: x, at: level).map { -0.8 * $0 }
    for i in 0..<d {
      var (product, shift) = (sigma * sigma * y[i], 0.0)
      for j in 0..<d {
        product += 0.64 * covariance[i * d + j] * y[j]
        shift += covariance[i * d + j] * y[j]
      }
      #expect(abs(product - 0.8 * (x[i] - 0.8 * mean[i])) < 1e-10)
      #expect(abs(denoised[i] - mean[i] - shift) < 1e-10)
    }
  }

  @Test func withoutNoiseTheStateIsTheData() {
    let level = NoiseLevel(alpha: 0.5, sigma: 0)
    #expect(Self.plane.denoise([1, 2], at: level) == [2, 4])
    #expect(Self.plane.divergence(of: [1, 2], at: level) == 4)
  }

  /// The matrices of the protocol hold the rounded values of the functions on `Double`.
  @Test func workersRoundTheExactValues() {
    let states = RandomStream(seed: 1).normal(rows: 40, columns: 2)
    let level = NoiseLevel(sigma: 0.4)
    let (denoised, divergences) = evaluate(Self.plane, states, at: level)
    #expect(denoised == Self.plane.denoise(states, at: level))
    for row in 0..<40 {
      let state = doubles(states.rows(row..<row + 1))
      let expected = Self.plane.denoise(state, at: level)
      for j in 0..<2 { #expect(denoised[row, j] == Float(expected[j])) }
      #expect(divergences[row] == Self.plane.divergence(of: state, at: level))
    }
  }

  @Test func rejectsInvalidMixtures() async {
    await #expect(processExitsWith: .failure) {
      _ = GaussianMixtureDenoiser(
        weights: [1, 0], means: [[0], [1]], covariances: [.isotropic(1), .isotropic(1)])
    }
    await #expect(processExitsWith: .failure) {
      _ = GaussianMixtureDenoiser(mean: [0, 0], covariance: .full([1, 2, 2, 1]))
    }
    await #expect(processExitsWith: .failure) {
      _ = GaussianMixtureDenoiser(mean: [0, 0], covariance: .diagonal([1]))
    }
  }
}
