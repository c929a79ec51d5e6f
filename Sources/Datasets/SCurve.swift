#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The letter S, from two three-quarter circles.
///
/// scikit-learn's `make_s_curve`, coordinates 0 and 2:
///
///     t ~ U(-3π/2, 3π/2);  (x, y) = (sin t, sign(t) (cos t - 1)) + noise · N(0, I)
public struct SCurve: PlaneDataset {
  public static let name = "s-curve"
  public static let summary = "the letter S"
  public static let defaultNoise = 0.05

  /// How many points.
  public let count: Int
  /// The standard deviation of the noise, in each coordinate.
  public let noise: Double

  /// A set of `count` points.
  public init(count: Int = 10_000, noise: Double = defaultNoise) {
    (self.count, self.noise) = Self.checked(count, noise)
  }

  public func point(_ u: SIMD2<Double>, _ z: SIMD2<Double>) -> SIMD2<Double> {
    let t = 3 * Double.pi * (u.x - 0.5)
    return SIMD2(sin(t), t < 0 ? 1 - cos(t) : cos(t) - 1) + noise * z
  }
}
