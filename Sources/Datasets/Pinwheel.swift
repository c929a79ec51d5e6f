#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Five arms that bend as they leave the center.
///
/// That of Johnson et al. 2016 (arXiv 1603.06277), before it is enlarged:
///
///     r ~ N(1, 0.3²), s ~ N(0, noise²), k uniform on {0, …, 4}, a = 2πk/5 + 0.25 eʳ
///     (x, y) = (r cos a + s sin a, s cos a - r sin a)
public struct Pinwheel: PlaneDataset {
  public static let name = "pinwheel"
  public static let summary = "five arms that bend as they leave the center"
  public static let defaultNoise = 0.05

  /// How many points.
  public let count: Int
  /// The standard deviation across an arm; along it, that is 0.3.
  public let noise: Double

  /// A set of `count` points.
  public init(count: Int = 10_000, noise: Double = defaultNoise) {
    (self.count, self.noise) = Self.checked(count, noise)
  }

  /// How many arms there are.
  public static let arms = 5
  /// The standard deviation along an arm.
  public static let radialDeviation = 0.3
  /// How fast an arm bends.
  public static let rate = 0.25

  public func point(_ u: SIMD2<Double>, _ z: SIMD2<Double>) -> SIMD2<Double> {
    let (r, s) = (1 + Self.radialDeviation * z.x, noise * z.y)
    let arm = (u.x * Double(Self.arms)).rounded(.down)
    let angle = 2 * Double.pi * arm / Double(Self.arms) + Self.rate * exp(r)
    return SIMD2(r * cos(angle) + s * sin(angle), s * cos(angle) - r * sin(angle))
  }
}
