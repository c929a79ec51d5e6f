#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The swiss roll, seen from the side: a spiral of one and a half turns in the plane.
///
/// scikit-learn's `make_swiss_roll`, coordinates 0 and 2, divided by 10:
///
///     t = 1.5 π (1 + 2u), u ~ U(0, 1);  (x, y) = ((t cos t, t sin t) + noise · N(0, I)) / 10
public struct SwissRoll: PlaneDataset {
  public static let name = "swiss-roll"
  public static let summary = "a spiral of one and a half turns"
  public static let defaultNoise = 1.0

  /// How many points.
  public let count: Int
  /// The standard deviation of the noise, before the division by 10.
  public let noise: Double

  /// A set of `count` points.
  public init(count: Int = 10_000, noise: Double = defaultNoise) {
    (self.count, self.noise) = Self.checked(count, noise)
  }

  public func point(_ u: SIMD2<Double>, _ z: SIMD2<Double>) -> SIMD2<Double> {
    let t = 1.5 * Double.pi * (1 + 2 * u.x)
    return (SIMD2(t * cos(t), t * sin(t)) + noise * z) / 10
  }
}
