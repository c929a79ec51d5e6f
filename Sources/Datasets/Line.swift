#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A broad line, upright: uniform on [-2, 2] × [-4, 4], as tiny-diffusion's "line".
///
///     x ~ U(-2, 2), y ~ U(-4, 4),  + noise · N(0, I)
public struct Line: PlaneDensity {
  public static let name = "line"
  public static let summary = "a rectangle, uniform on [-2, 2] × [-4, 4]"
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
    SIMD2(4 * u.x - 2, 8 * u.y - 4) + noise * z
  }

  /// The logarithm of the density: without noise, log 1/32 on the rectangle.
  public func logDensity(at point: SIMD2<Double>) -> Double {
    log(
      uniformDensity(at: point.x, on: -2..<2, noise: noise)
        * uniformDensity(at: point.y, on: -4..<4, noise: noise))
  }
}
