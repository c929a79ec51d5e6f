import Datasets
import Diffusion
import LinearAlgebra

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Data sets of AI-Scientist's template `2d_diffusion`, which has them from tiny-diffusion, with the k-NN KL
/// of its first run in bits.
enum PublishedShape: String, CaseIterable, LosslessStringConvertible, CustomStringConvertible {
  case circle, line, moons

  init?(_ description: String) { self.init(rawValue: description) }

  var description: String { rawValue }

  /// The published k-NN KL in bits: 100 000 real points against 10 000 samples, k = 5.
  var publishedBits: Double {
    switch self {
    case .circle: 0.354
    case .line: 0.161
    case .moons: 0.0896
    }
  }

  /// `count` points. No two sets of a seed and another are the same.
  func points(count: Int, seed: UInt64) -> Matrix {
    // Uniform on [0, 1), fine enough that no two points coincide.
    let uniform = RandomPurpose.dataset.stream(seed: seed, index: 1).uniform(
      rows: count, columns: 4)
    let normal = RandomPurpose.dataset.stream(seed: seed, index: 2).normal(rows: count, columns: 2)
    var points = Matrix(rows: count, columns: 2)
    for row in 0..<count {
      let u = (0..<4).map { Double(uniform[row, $0]) }
      let z = SIMD2(Double(normal[row, 0]), Double(normal[row, 1]))
      let point = point(u, z)
      points[row, 0] = Float(point.x)
      points[row, 1] = Float(point.y)
    }
    return points
  }

  private func point(_ u: [Double], _ z: SIMD2<Double>) -> SIMD2<Double> {
    switch self {
    case .circle:
      // Five values of each coordinate, so sixteen directions and the center.
      let cell = SIMD2(Self.tenths((u[0] - 0.5) / 2), Self.tenths((u[1] - 0.5) / 2)) * 2
      let norm = (cell * cell).sum().squareRoot() + 1e-10
      let angle = 2 * Double.pi * u[2]
      return 3 * (cell / norm + 0.03 * u[3] * SIMD2(cos(angle), sin(angle)))
    case .line:
      return Line(noise: 0).point(SIMD2(u[0], u[1]), z)
    case .moons:
      return SIMD2(2, 3) * (Moons(noise: 0.03).point(SIMD2(u[0], u[1]), z) + 0.3) - 1
    }
  }

  /// `x` to one decimal.
  private static func tenths(_ x: Double) -> Double { (10 * x).rounded() / 10 }
}
