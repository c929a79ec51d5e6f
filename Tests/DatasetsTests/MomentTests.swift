import LinearAlgebra
import Testing

@testable import Datasets

/// Means and covariances, compared with integrals done by hand.
@Suite struct MomentTests {
  struct Moments: CustomTestStringConvertible {
    let name: String
    let mean: SIMD2<Double>
    /// The variances of x and y without noise.
    let variance: SIMD2<Double>
    let covariance: Double
    var testDescription: String { name }

    init(
      _ name: String, mean: SIMD2<Double> = .zero, variance: SIMD2<Double>, covariance: Double = 0
    ) {
      (self.name, self.mean, self.variance, self.covariance) = (name, mean, variance, covariance)
    }
  }

  private static let pi = Double.pi

  static let cases = [
    Moments(
      "moons", mean: SIMD2(0.5, 0.25),
      variance: SIMD2(0.75, (1.25 - 2 / pi) / 2 - 0.0625),
      covariance: (0.5 - 2 / pi) / 2 - 0.125),
    Moments("circles", variance: SIMD2(repeating: (1 + 0.25) / 4)),
    Moments(
      "s-curve", variance: SIMD2(0.5, 1.5 + 4 / (3 * pi)), covariance: -1 / (3 * pi)),
    Moments(
      "spirals", variance: SIMD2(pi * pi / 4 + 1.0 / 12, pi * pi / 4 - 1.0 / 12),
      covariance: pi / 6 - 1 / (36 * pi)),
    // The moments of an arm's rotated normal distribution; five arms make them equal in all directions.
    // The noise acts only across the arm, but is counted for both coordinates below.
    Moments("pinwheel", variance: SIMD2(repeating: (1 + 0.09 - 0.05 * 0.05) / 2)),
    Moments("8-gaussians", variance: SIMD2(repeating: 2)),
    Moments("25-gaussians", variance: SIMD2(repeating: 2)),
    Moments("checkerboard", variance: SIMD2(repeating: 4.0 / 3), covariance: 0.25),
    Moments("line", variance: SIMD2(4.0 / 3, 16.0 / 3)),
    outline,
  ]

  /// The moments of straight pieces, each with its mean in the middle and a variance of length² / 12
  /// along it.
  private static var outline: Moments {
    let curve = Dataset.outlineCurve
    var (mean, square, product) = (SIMD2<Double>.zero, SIMD2<Double>.zero, 0.0)
    for (from, to) in zip(curve.corners, curve.corners.dropFirst()) {
      let (middle, way) = ((from + to) / 2, to - from)
      let weight = (way * way).sum().squareRoot() / curve.length
      mean += weight * middle
      square += weight * (middle * middle + way * way / 12)
      product += weight * (middle.x * middle.y + way.x * way.y / 12)
    }
    return Moments(
      "outline", mean: mean, variance: square - mean * mean, covariance: product - mean.x * mean.y)
  }

  @Test(arguments: cases)
  func momentsMatchTheFormula(moments: Moments) throws {
    let count = 20_000
    let dataset = try Dataset.named(moments.name)
    let points = dataset.points(count: count, RandomStream(seed: 11)).points
    let centered = points.map { $0 - moments.mean }
    let noise = dataset.defaultNoise
    let variance = moments.variance + noise * noise
    for column in 0..<2 {
      expect(centered.map { $0[column] }, mean: 0)
      expect(centered.map { $0[column] * $0[column] }, mean: variance[column])
    }
    expect(centered.map { $0.x * $0.y }, mean: moments.covariance)
  }

  /// Expects the mean of `values` to be within four standard errors of `mean`.
  private func expect(
    _ values: [Double], mean: Double, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let count = Double(values.count)
    let found = values.reduce(0, +) / count
    let variance = values.reduce(0) { $0 + ($1 - found) * ($1 - found) } / count
    #expect(
      abs(found - mean) < 4 * (variance / count).squareRoot(), "\(found), not \(mean)",
      sourceLocation: sourceLocation)
  }
}
