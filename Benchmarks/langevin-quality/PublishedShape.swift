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

/// The data sets of AI-Scientist's template `2d_diffusion`, which come from tiny-diffusion.
///
/// Each has the k-NN KL of the template's first run, in bits.
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

  /// Returns `count` points; different seeds give different points.
  func points(count: Int, seed: UInt64) -> Matrix<Float> {
    // Uniform on [0, 1), fine enough to keep points distinct.
    let uniform = RandomPurpose.dataset.stream(seed: seed, index: 1).uniform(
      rows: count, columns: 4)
    let normal = RandomPurpose.dataset.stream(seed: seed, index: 2).normal(rows: count, columns: 2)
    var points = Matrix<Float>(rows: count, columns: 2)
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
      // Five values of each coordinate give sixteen directions and the center.
      let cell = SIMD2(Self.tenths((u[0] - 0.5) / 2), Self.tenths((u[1] - 0.5) / 2)) * 2
      let norm = (cell * cell).sum().squareRoot() + 1e-10
      let angle = 2 * Double.pi * u[2]
      return 3 * (cell / norm + 0.03 * u[3] * SIMD2(cos(angle), sin(angle)))
    case .line:
      return Self.plane(.line, u, z, noise: 0)
    case .moons:
      return SIMD2(2, 3) * (Self.plane(.moons, u, z, noise: 0.03) + 0.3) - 1
    }
  }

  /// Returns the point of a data set of the library.
  private static func plane(_ dataset: Dataset, _ u: [Double], _ z: SIMD2<Double>, noise: Double)
    -> SIMD2<Double>
  {
    let point = dataset.point([u[0], u[1]], [z.x, z.y], noise)
    return SIMD2(point[0], point[1])
  }

  /// Returns `x` rounded to one decimal.
  private static func tenths(_ x: Double) -> Double { (10 * x).rounded() / 10 }
}
