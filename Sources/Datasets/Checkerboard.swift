#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The dark squares of a board of four by four: uniform on 8 of the 16 unit squares of [-2, 2]².
///
///     x ~ U(-2, 2), y ~ U over those squares of x's column, ⌊x⌋ + ⌊y⌋ even,  + noise · N(0, I)
///
/// Without noise the density is 1/8 on these squares; with it, each square's is a product of two
/// differences of normal distribution functions.
public struct Checkerboard: PlaneDensity {
  public static let name = "checkerboard"
  public static let summary = "eight squares of a board of four by four"
  public static let defaultNoise = 0.0

  /// How many points.
  public let count: Int
  /// The standard deviation of the noise, in each coordinate.
  public let noise: Double

  /// A set of `count` points.
  public init(count: Int = 10_000, noise: Double = defaultNoise) {
    (self.count, self.noise) = Self.checked(count, noise)
  }

  public func point(_ u: SIMD2<Double>, _ z: SIMD2<Double>) -> SIMD2<Double> {
    let x = 4 * u.x
    // The column's two squares, one behind the other; then moved to where they are.
    let y = 2 * u.y
    let row = 2 * y.rounded(.down) + x.rounded(.down).truncatingRemainder(dividingBy: 2)
    return SIMD2(x - 2, row + y - y.rounded(.down) - 2) + noise * z
  }

  /// The logarithm of the density.
  public func logDensity(at point: SIMD2<Double>) -> Double {
    var sum = 0.0
    for column in 0..<4 {
      for row in stride(from: column % 2, to: 4, by: 2) {
        let (left, bottom) = (Double(column - 2), Double(row - 2))
        sum +=
          uniformDensity(at: point.x, on: left..<left + 1, noise: noise)
          * uniformDensity(at: point.y, on: bottom..<bottom + 1, noise: noise)
      }
    }
    return log(sum / 8)
  }
}
