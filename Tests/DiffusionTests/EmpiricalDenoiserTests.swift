import Diffusion
import Foundation
import LinearAlgebra
import Testing

/// The denoiser of a set of points, compared with sums over all of them in `Double`.
@Suite struct EmpiricalDenoiserTests {
  /// 300 points of 3 columns; 20 of them occur twice.
  private static let points = Matrix.vertically([
    RandomStream(seed: 3).normal(rows: 280, columns: 3),
    RandomStream(seed: 3).normal(rows: 20, columns: 3),
  ])
  private static let states = RandomStream(seed: 4).normal(rows: 90, columns: 3)

  private static let levels =
    [1e-3, 0.01, 0.05, 0.1, 0.2, 0.5, 1, 4, 100].flatMap {
      [NoiseLevel(sigma: $0), NoiseLevel(sigma: $0).variancePreserving]
    } + [NoiseLevel(alpha: 0, sigma: 1)]

  /// The data and the divergence by definition.
  private func reference(
    _ points: Matrix<Float>, _ state: [Double], _ level: NoiseLevel
  ) -> (data: [Double], divergence: Double) {
    let rows = (0..<points.rows).map { row in
      (0..<points.columns).map { Double(points[row, $0]) }
    }
    let logits = rows.map { row in
      -zip(state, row).reduce(0) {
        let difference = $1.0 - level.alpha * $1.1
        return $0 + difference * difference
      } / (2 * level.sigma * level.sigma)
    }
    let largest = logits.max() ?? 0
    let weights = logits.map { exp($0 - largest) }
    let sum = weights.reduce(0, +)
    var data = [Double](repeating: 0, count: points.columns)
    for (row, weight) in zip(rows, weights) {
      for j in data.indices { data[j] += weight / sum * row[j] }
    }
    var spread = 0.0
    for (row, weight) in zip(rows, weights) {
      for j in data.indices { spread += weight / sum * (row[j] - data[j]) * (row[j] - data[j]) }
    }
    return (data, level.alpha / (level.sigma * level.sigma) * spread)
  }

  @Test(arguments: levels.indices, everyEngine)
  func matchesTheWeightedMeanOfThePoints(_ index: Int, _ engine: Engine) {
    let level = Self.levels[index]
    let denoiser = EmpiricalDenoiser(Self.points)
    var states = Self.states
    // States as the forward process makes them; at low noise, other states would be far from all points.
    states = Float(level.sigma) * states
    states.add(Self.points.rows(100..<190), scaledBy: Float(level.alpha))
    let (denoised, divergences) = evaluate(denoiser, states, at: level, engine: engine)
    for row in 0..<states.rows {
      let (data, divergence) = reference(Self.points, doubles(states.rows(row..<row + 1)), level)
      for j in 0..<3 { #expect(abs(Double(denoised[row, j]) - data[j]) < 1e-5) }
      #expect(abs(divergences[row] - divergence) < 1e-4 * (1 + divergence))
    }
  }

  /// A mixture of Gaussians of zero width is the same denoiser.
  @Test func matchesAMixtureOfPoints() {
    let points = Self.points.rows(0..<40)
    let mixture = GaussianMixtureDenoiser(
      weights: Array(repeating: 1, count: 40),
      means: (0..<40).map { doubles(points.rows($0..<$0 + 1)) },
      covariances: Array(repeating: .isotropic(0), count: 40))
    for sigma in [0.1, 1] {
      let level = NoiseLevel(sigma: sigma).variancePreserving
      let (a, first) = evaluate(EmpiricalDenoiser(points), Self.states, at: level)
      let (b, second) = evaluate(mixture, Self.states, at: level)
      #expect(a.isApproximatelyEqual(to: b, absoluteTolerance: 1e-5, relativeTolerance: 1e-5))
      for (x, y) in zip(first, second) { #expect(abs(x - y) < 1e-4 * (1 + y)) }
    }
  }

  @Test(arguments: [0, 1e-30, 1e-3, 1, 1e6])
  func onePointIsAlwaysTheEstimate(_ sigma: Double) {
    let point = Matrix<Float>([[0.3, -2]])
    let (denoised, divergences) = evaluate(
      EmpiricalDenoiser(point), Self.states.columns(0..<2), at: NoiseLevel(sigma: sigma))
    for row in 0..<denoised.rows { #expect(denoised.rows(row..<row + 1) == point) }
    #expect(divergences.allSatisfy { abs($0) < 1e-6 })
  }

  /// One point occurs twice, and another once.
  @Test func duplicatedPointsCountTwice() {
    let thrice = EmpiricalDenoiser(Matrix<Float>([[1], [1], [-1]]))
    for sigma in [0.5, 1, 1e4] {
      let denoised = thrice.denoise(Matrix<Float>([[0]]), at: NoiseLevel(sigma: sigma))
      #expect(abs(denoised[0, 0] - 1.0 / 3) < 1e-6)
    }
    // Without noise the estimate is the nearest point, or the weighted mean of equally near ones.
    #expect(thrice.denoise(Matrix<Float>([[0.1]]), at: .clean)[0, 0] == 1)
    #expect(abs(thrice.denoise(Matrix<Float>([[0]]), at: .clean)[0, 0] - 1.0 / 3) < 1e-6)
  }

  @Test(arguments: [0, 1e-200, 1e-20, 1e-6, 1e-4])
  func lowNoiseYieldsTheNearestPoint(_ sigma: Double) {
    let denoiser = EmpiricalDenoiser(Self.points)
    var states = Self.points.rows(0..<50)
    states.add(Matrix<Float>(rows: 50, columns: 3, repeating: 1e-5), scaledBy: 1)
    let denoised = denoiser.denoise(states, at: NoiseLevel(sigma: sigma))
    #expect(denoised.isApproximatelyEqual(to: Self.points.rows(0..<50), relativeTolerance: 1e-6))
  }

  @Test(arguments: [1e4, 1e15, 1e150])
  func highNoiseYieldsTheMean(_ sigma: Double) {
    let (denoised, divergences) = evaluate(
      EmpiricalDenoiser(Self.points), Self.states, at: NoiseLevel(sigma: sigma))
    for j in 0..<3 {
      let center = mean(doubles(Self.points.columns(j..<j + 1)))
      for row in 0..<denoised.rows { #expect(abs(Double(denoised[row, j]) - center) < 1e-3) }
    }
    #expect(divergences.allSatisfy { $0 >= 0 && $0 < 1e-6 })
  }

  /// A row alone gives the same result as among others, some of which take the other code path.
  @Test func rowsDoNotInfluenceEachOther() {
    let denoiser = EmpiricalDenoiser(Self.points)
    var states = Self.states
    for row in stride(from: 0, to: states.rows, by: 3) {
      for j in 0..<3 { states[row, j] *= 1000 }
    }
    let level = NoiseLevel(sigma: 0.7)
    let (together, _) = evaluate(denoiser, states, at: level, engine: .swift)
    for row in 0..<states.rows {
      let (alone, _) = evaluate(denoiser, states.rows(row..<row + 1), at: level, engine: .swift)
      #expect(alone == together.rows(row..<row + 1))
    }
  }
}
