/// Twenty-five normal distributions, the means on a grid.
///
///     c_j = (a, b), a and b from {-2, -1, 0, 1, 2};  ``GaussianMixture`` tells the rest
public struct TwentyFiveGaussians: GaussianMixture {
  public static let name = "25-gaussians"
  public static let summary = "a grid of five by five spots"
  public static let defaultNoise = 0.05

  /// How many points.
  public let count: Int
  /// The standard deviation of each, in each coordinate.
  public let noise: Double

  /// A set of `count` points.
  public init(count: Int = 10_000, noise: Double = defaultNoise) {
    (self.count, self.noise) = Self.checked(count, noise)
  }

  /// The means.
  public static let centers: [SIMD2<Double>] = (0..<25).map { index in
    let (column, row) = index.quotientAndRemainder(dividingBy: 5)
    return SIMD2(Double(column) - 2, Double(row) - 2)
  }
}
