#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Two half circles that reach into each other.
///
/// scikit-learn's `make_moons`, but for angles that are drawn, not spread evenly, so that a point
/// does not depend on how many there are:
///
///     t ~ U(0, π);  (x, y) = (cos t, sin t) or (1 - cos t, 1/2 - sin t), half each,
///     + noise · N(0, I)
public struct Moons: PlaneDataset {
  public static let name = "moons"
  public static let summary = "two half circles that reach into each other"
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
    let t = Double.pi * u.y
    let outer = SIMD2(cos(t), sin(t))
    return (u.x < 0.5 ? outer : SIMD2(1, 0.5) - outer) + noise * z
  }
}
