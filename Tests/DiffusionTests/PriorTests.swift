import LinearAlgebra
import Testing

@testable import Diffusion

/// The states from which the reverse process starts.
@Suite struct PriorTests {
  private static let count = 4000
  private static let level = NoiseLevel(alpha: 0.8, sigma: 0.6)

  private func start(_ prior: Prior, dimension: Int = 2, data: Matrix<Float>? = nil) -> Matrix<
    Float
  > {
    let sampler = Sampler(
      GaussianMixtureDenoiser(
        mean: Array(repeating: 0, count: dimension), covariance: .isotropic(1)),
      levels: [Self.level, .clean], method: .ddim(), prior: prior, startingData: data)
    // α² + σ² is 1, so the trajectory shows the states unscaled.
    return sampler.trajectory(count: Self.count, seed: 3)[0]
  }

  private func expect(_ states: Matrix<Float>, mean: [Double], covariance: [Double]) {
    let found = DataMoments(states)
    let d = mean.count
    let n = Double(Self.count)
    for i in 0..<d {
      // Tolerances are five standard errors.
      let deviation = covariance[i * d + i].squareRoot()
      #expect(abs(found.mean[i] - mean[i]) < 5 * deviation / n.squareRoot() + 1e-6)
      for j in 0..<d {
        let (expected, own) = (covariance[i * d + j], found.covariance?[i * d + j] ?? .nan)
        let product = covariance[i * d + i] * covariance[j * d + j]
        let error = ((product + expected * expected) / n).squareRoot()
        #expect(abs(own - expected) < 5 * error)
      }
    }
  }

  @Test func standardPriorMatchesDataOfUnitVariance() {
    expect(start(.standard), mean: [0, 0], covariance: [1, 0, 0, 1])
    let exploding = Sampler(
      GaussianMixtureDenoiser(mean: [0], covariance: .isotropic(1)),
      levels: [NoiseLevel(sigma: 3), .clean], method: .ddim())
    // The states have variance 1 + 9, and the trajectory shows them divided by √10.
    let states = exploding.trajectory(count: Self.count, seed: 1)[0]
    expect(states, mean: [0], covariance: [1])
  }

  /// N(α m, α² Σ + σ² I).
  @Test func momentsPriorMatchesNoisyData() {
    let covariance = [2, 1.2, 0.3, 1.2, 1, 0, 0.3, 0, 0.5]
    let moments = DataMoments(
      mean: [1, -2, 0.5], variance: [2, 1, 0.5], covariance: covariance)
    var expected = covariance.map { 0.64 * $0 }
    for i in 0..<3 { expected[4 * i] += 0.36 }
    expect(start(.moments(moments), dimension: 3), mean: [0.8, -1.6, 0.4], covariance: expected)
  }

  @Test func usesVariancesWithoutCovariances() {
    let moments = DataMoments(mean: [1, -2], variance: [2, 0])
    expect(
      start(.moments(moments)), mean: [0.8, -1.6], covariance: [0.64 * 2 + 0.36, 0, 0, 0.36])
  }

  /// A covariance of deficient rank also has a factor.
  @Test func acceptsIdenticalColumns() {
    let moments = DataMoments(
      mean: [0, 0], variance: [1, 1], covariance: [1, 1, 1, 1])
    let sampler = Sampler(
      GaussianMixtureDenoiser(mean: [0, 0], covariance: .isotropic(1)),
      levels: [NoiseLevel(alpha: 1, sigma: 1e-6), .clean], method: .ddim(),
      prior: .moments(moments))
    let states = sampler.trajectory(count: 100, seed: 2)[0]
    #expect(states.isFinite)
    for row in 0..<100 { #expect(abs(states[row, 0] - states[row, 1]) < 1e-4) }
  }

  /// Without noise, the factor of a covariance of deficient rank reproduces the covariance.
  @Test(arguments: [3, 40], [30, 1650, 4950])
  func singularCovariancesAreReproduced(categories: Int, rows: Int) {
    let data = Matrix<Float>(rows: rows, columns: categories + 1) { row, column in
      // The last column repeats the first.
      row * 7 % categories == column % categories ? 1 : 0
    }
    let covariance = DataMoments(data).covariance ?? []
    let order = categories + 1
    let factor = choleskyFactor(covariance, order: order)
    for i in 0..<order {
      for j in 0...i {
        let found = (0..<order).reduce(0) { $0 + factor[i * order + $1] * factor[j * order + $1] }
        #expect(abs(found - covariance[i * order + j]) < 1e-9)
      }
    }
  }

  /// α x + σ z, row by row; the data repeat from the first row if there are more samples than rows.
  @Test func addsNoiseToStartingData() {
    let data = RandomStream(seed: 8).normal(rows: 150, columns: 2)
    let states = start(.standard, data: data)
    let noise = RandomPurpose.samplingNoise.stream(seed: 3, index: 1)
      .normal(rows: Self.count, columns: 2)
    for row in 0..<Self.count {
      for column in 0..<2 {
        let expected = 0.8 * data[row % 150, column] + 0.6 * noise[row, column]
        #expect(abs(states[row, column] - expected) < 1e-6)
      }
    }
  }

  @Test func rejectsMismatchedShapesAndMissingMoments() async {
    await #expect(processExitsWith: .failure) {
      let moments = DataMoments(mean: [0, 0, 0], variance: [1, 1, 1])
      let sampler = Sampler(
        DiffusionModel.original(hidden: [4], steps: 3), levels: [NoiseLevel(sigma: 1), .clean],
        method: .ddim(), prior: .moments(moments))
      _ = sampler.sample(count: 1, seed: 1)
    }
    await #expect(processExitsWith: .failure) {
      _ = Sampler(
        DiffusionModel.original(hidden: [4], steps: 3), levels: [NoiseLevel(sigma: 1), .clean],
        method: .ddim(), startingData: Matrix<Float>(rows: 2, columns: 3))
    }
    await #expect(processExitsWith: .failure) {
      _ = Sampler(DiffusionModel.original(hidden: [4], steps: 3), fromMoments: true)
    }
    await #expect(processExitsWith: .failure) {
      _ = Sampler(DiffusionModel.original(hidden: [4], steps: 3))
        .run(from: Matrix<Float>(rows: 1, columns: 2))
    }
  }
}
