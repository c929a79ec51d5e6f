import Datasets
import Foundation
import LinearAlgebra
import Testing

/// Densities in closed form, compared with the points and with sums by hand.
@Suite struct DensityTests {
  static let noisy: [(dataset: Dataset, noise: Double)] = [
    (.eightGaussians, 0.2), (.eightGaussians, 0.5), (.twentyFiveGaussians, 0.1),
    (.twentyFiveGaussians, 0.3),
    (.checkerboard, 0.1), (.checkerboard, 0.5), (.line, 0.1), (.line, 0.7),
  ]

  /// Returns the density at a point of a data set with a closed form.
  private func density(_ dataset: Dataset, at point: SIMD2<Double>, noise: Double? = nil) -> Double
  {
    exp(dataset.logDensity(at: [point.x, point.y], noise: noise) ?? .nan)
  }

  /// Sums over the centers of small squares are almost exact for functions this smooth. Compares the
  /// total mass in [-8, 8]² with 1, and the mass of each unit square with its share of the points.
  @Test(arguments: noisy.indices)
  func massMatchesThePoints(index: Int) {
    let (dataset, noise) = Self.noisy[index]
    let pieces = 12
    var masses: [Double] = []
    for column in -8..<8 {
      for row in -8..<8 {
        var sum = 0.0
        for piece in 0..<pieces * pieces {
          let place = SIMD2(Double(piece / pieces), Double(piece % pieces)) + 0.5
          let point = SIMD2(Double(column), Double(row)) + place / Double(pieces)
          sum += density(dataset, at: point, noise: noise)
        }
        masses.append(sum / Double(pieces * pieces))
      }
    }
    #expect(abs(masses.reduce(0, +) - 1) < 1e-6)

    var counts = [Int](repeating: 0, count: masses.count)
    for point in dataset.points(count: 20_000, noise: noise, RandomStream(seed: 2)).points {
      let (column, row) = (Int((point.x + 8).rounded(.down)), Int((point.y + 8).rounded(.down)))
      if (0..<16).contains(column), (0..<16).contains(row) { counts[column * 16 + row] += 1 }
    }
    let used = masses.indices.filter { masses[$0] * 20_000 >= 5 }
    let excess = excessOfChiSquared(
      used.map { counts[$0] }, expected: used.map { masses[$0] * 20_000 })
    #expect(excess < 5)
  }

  @Test func mixtureMatchesASumOfNormalDensities() {
    let mixture = Dataset.eightGaussians
    for point in [SIMD2(0.0, 0), SIMD2(2, 0), SIMD2(1.3, -1.5), SIMD2(-3, 0.4)] {
      var sum = 0.0
      for j in 0..<8 {
        let angle = Double(j) * .pi / 4
        let (x, y) = (point.x - 2 * cos(angle), point.y - 2 * sin(angle))
        sum += exp(-(x * x + y * y) / 0.08) / (0.08 * .pi) / 8
      }
      #expect(abs(density(mixture, at: point) / sum - 1) < 1e-12)
    }
    // Where the density underflows, only the nearest spot counts.
    let far = mixture.logDensity(at: [100, 0]) ?? .nan
    #expect(abs(far - (-(98.0 * 98) / 0.08 - log(8 * 0.08 * .pi))) < 1e-8)
  }

  @Test func densitiesWithoutNoiseArePiecewiseConstant() {
    for (x, y) in [(-1.5, -1.5), (0.25, 0.75), (1.9, -0.1), (-0.5, 1.5)] {
      let isDark = (Int(x.rounded(.down)) + Int(y.rounded(.down))).isMultiple(of: 2)
      #expect(abs(density(.checkerboard, at: SIMD2(x, y)) - (isDark ? 0.125 : 0)) < 1e-15)
    }
    #expect(density(.checkerboard, at: SIMD2(2.5, 0.5)) == 0)
    #expect(abs(density(.line, at: SIMD2(1.9, -3.9)) - 1.0 / 32) < 1e-15)
    #expect(density(.line, at: SIMD2(2.1, 0)) == 0)
    #expect(Dataset.line.logDensity(at: [0, 4.1]) == -.infinity)
  }

  @Test func unknownDensitiesAreNil() {
    #expect(Dataset.moons.logDensity(at: [0, 1]) == nil)
    #expect(Dataset.eightGaussians.logDensity(at: [2, 0], noise: 0) == nil)
  }

  /// The density is half on an edge and a quarter in a corner, and the tails of erfc keep their
  /// precision.
  @Test func noiseBlursEdges() {
    #expect(abs(density(.line, at: .zero, noise: 0.01) - 1.0 / 32) < 1e-12)
    #expect(abs(density(.line, at: SIMD2(2, 0), noise: 0.01) - 1.0 / 64) < 1e-12)
    #expect(abs(density(.line, at: SIMD2(2, -4), noise: 0.01) - 1.0 / 128) < 1e-12)
    // Ten standard deviations outside: Φ(-10) = 7.619853e-24.
    #expect(abs(density(.line, at: SIMD2(-2.1, 0), noise: 0.01) * 32 / 7.619853e-24 - 1) < 1e-6)
  }
}
