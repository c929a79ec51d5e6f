#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Two circles around one center, of radius 1 and 1/2.
///
/// scikit-learn's `make_circles` with `factor=0.5`, but for angles that are drawn, not spread evenly:
///
///     t ~ U(0, 2π), r = 1 or 1/2, half each;  (x, y) = r (cos t, sin t) + noise · N(0, I)
public struct Circles: PlaneDataset {
  public static let name = "circles"
  public static let summary = "two circles, one inside of the other"
  public static let defaultNoise = 0.03

  /// How many points.
  public let count: Int
  /// The standard deviation of the noise, in each coordinate.
  public let noise: Double

  /// A set of `count` points.
  public init(count: Int = 10_000, noise: Double = defaultNoise) {
    (self.count, self.noise) = Self.checked(count, noise)
  }

  public func point(_ u: SIMD2<Double>, _ z: SIMD2<Double>) -> SIMD2<Double> {
    let t = 2 * Double.pi * u.y
    return (u.x < 0.5 ? 1 : 0.5) * SIMD2(cos(t), sin(t)) + noise * z
  }
}
