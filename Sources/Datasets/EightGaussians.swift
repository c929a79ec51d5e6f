#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Eight normal distributions, the means evenly on a circle of radius 2.
///
///     c_j = 2 (cos(πj/4), sin(πj/4)), j = 0, …, 7;  ``GaussianMixture`` tells the rest
public struct EightGaussians: GaussianMixture {
  public static let name = "8-gaussians"
  public static let summary = "eight spots on a circle of radius 2"
  public static let defaultNoise = 0.2

  /// How many points.
  public let count: Int
  /// The standard deviation of each, in each coordinate.
  public let noise: Double

  /// A set of `count` points.
  public init(count: Int = 10_000, noise: Double = defaultNoise) {
    (self.count, self.noise) = Self.checked(count, noise)
  }

  /// The means.
  public static let centers: [SIMD2<Double>] = (0..<8).map { j in
    let angle = Double.pi * Double(j) / 4
    return SIMD2(2 * cos(angle), 2 * sin(angle))
  }
}
