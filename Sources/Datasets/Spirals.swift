#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Two spirals of one and a half turns around one center, half a turn apart.
///
/// Those of FFJORD (Grathwohl et al. 2019, arXiv 1810.01367), without the uniform noise that it adds
/// before the division:
///
///     t = 3π √u, u ~ U(0, 1);  (x, y) = ± (-t cos t, t sin t) / 3 + noise · N(0, I)
public struct Spirals: PlaneDataset {
  public static let name = "spirals"
  public static let summary = "two spirals, half a turn apart"
  public static let defaultNoise = 0.1

  /// How many points.
  public let count: Int
  /// The standard deviation of the noise, in each coordinate.
  public let noise: Double

  /// A set of `count` points.
  public init(count: Int = 10_000, noise: Double = defaultNoise) {
    (self.count, self.noise) = Self.checked(count, noise)
  }

  public func point(_ u: SIMD2<Double>, _ z: SIMD2<Double>) -> SIMD2<Double> {
    let t = 3 * Double.pi * u.y.squareRoot()
    return (u.x < 0.5 ? 1 : -1) * SIMD2(-t * cos(t), t * sin(t)) / 3 + noise * z
  }
}
