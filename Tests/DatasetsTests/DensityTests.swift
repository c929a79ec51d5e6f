import Datasets
import Foundation
import LinearAlgebra
import Testing

/// Densities in closed form, against the points and against sums by hand.
@Suite struct DensityTests {
  static let noisy: [any PlaneDensity] = [
    EightGaussians(count: 20_000), EightGaussians(count: 20_000, noise: 0.5),
    TwentyFiveGaussians(count: 20_000, noise: 0.1), TwentyFiveGaussians(count: 20_000, noise: 0.3),
    Checkerboard(count: 20_000, noise: 0.1), Checkerboard(count: 20_000, noise: 0.5),
    Line(count: 20_000, noise: 0.1), Line(count: 20_000, noise: 0.7),
  ]

  /// Sums over the middles of small squares, which are next to exact for functions this smooth: the
  /// mass within [-8, 8]², and that of each unit square beside the points in it.
  @Test(arguments: noisy.indices)
  func massIsWhereThePointsAre(index: Int) {
    let dataset = Self.noisy[index]
    let pieces = 12
    var masses: [Double] = []
    for column in -8..<8 {
      for row in -8..<8 {
        var sum = 0.0
        for piece in 0..<pieces * pieces {
          let place = SIMD2(Double(piece / pieces), Double(piece % pieces)) + 0.5
          let point = SIMD2(Double(column), Double(row)) + place / Double(pieces)
          sum += dataset.density(at: point)
        }
        masses.append(sum / Double(pieces * pieces))
      }
    }
    #expect(abs(masses.reduce(0, +) - 1) < 1e-6)

    var counts = [Int](repeating: 0, count: masses.count)
    for point in dataset.points(RandomStream(seed: 2)).points {
      let (column, row) = (Int((point.x + 8).rounded(.down)), Int((point.y + 8).rounded(.down)))
      if (0..<16).contains(column), (0..<16).contains(row) { counts[column * 16 + row] += 1 }
    }
    let used = masses.indices.filter { masses[$0] * 20_000 >= 5 }
    let excess = excessOfChiSquared(
      used.map { counts[$0] }, expected: used.map { masses[$0] * 20_000 })
    #expect(excess < 5)
  }

  @Test func mixturesAreSumsOfNormalDensities() {
    let mixture = EightGaussians(noise: 0.2)
    for point in [SIMD2(0.0, 0), SIMD2(2, 0), SIMD2(1.3, -1.5), SIMD2(-3, 0.4)] {
      var sum = 0.0
      for j in 0..<8 {
        let angle = Double(j) * .pi / 4
        let (x, y) = (point.x - 2 * cos(angle), point.y - 2 * sin(angle))
        sum += exp(-(x * x + y * y) / 0.08) / (0.08 * .pi) / 8
      }
      #expect(abs(mixture.density(at: point) / sum - 1) < 1e-12)
    }
    // Where the density itself is less than any number, only the nearest spot counts.
    let far = mixture.logDensity(at: SIMD2(100, 0))
    #expect(abs(far - (-(98.0 * 98) / 0.08 - log(8 * 0.08 * .pi))) < 1e-8)
  }

  @Test func densitiesWithoutNoiseAreSteps() {
    for (x, y) in [(-1.5, -1.5), (0.25, 0.75), (1.9, -0.1), (-0.5, 1.5)] {
      let isDark = (Int(x.rounded(.down)) + Int(y.rounded(.down))).isMultiple(of: 2)
      #expect(abs(Checkerboard().density(at: SIMD2(x, y)) - (isDark ? 0.125 : 0)) < 1e-15)
    }
    #expect(Checkerboard().density(at: SIMD2(2.5, 0.5)) == 0)
    #expect(abs(Line().density(at: SIMD2(1.9, -3.9)) - 1.0 / 32) < 1e-15)
    #expect(Line().density(at: SIMD2(2.1, 0)) == 0)
    #expect(Line().logDensity(at: SIMD2(0, 4.1)) == -.infinity)
  }

  /// Half of the density on an edge, a quarter in a corner; and the tails of erfc keep their digits.
  @Test func edgesAreBlurred() {
    let line = Line(noise: 0.01)
    #expect(abs(line.density(at: .zero) - 1.0 / 32) < 1e-12)
    #expect(abs(line.density(at: SIMD2(2, 0)) - 1.0 / 64) < 1e-12)
    #expect(abs(line.density(at: SIMD2(2, -4)) - 1.0 / 128) < 1e-12)
    // Ten standard deviations outside: Φ(-10) = 7.619853e-24.
    #expect(abs(line.density(at: SIMD2(-2.1, 0)) * 32 / 7.619853e-24 - 1) < 1e-6)
  }
}
