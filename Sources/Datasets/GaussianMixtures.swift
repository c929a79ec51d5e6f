#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

extension Dataset {
  /// Eight normal distributions, the means evenly on a circle of radius 2.
  ///
  ///     x = c_j + noise · N(0, I), c_j = 2 (cos(πj/4), sin(πj/4)), j uniform on {0, …, 7}
  ///     p(x) = 1/8 ∑_j N(x; c_j, noise² I)
  public static let eightGaussians = Dataset(
    mixture: "8-gaussians", summary: "eight spots on a circle of radius 2", defaultNoise: 0.2,
    centers: eightCenters)

  /// Twenty-five normal distributions, the means on a grid.
  ///
  ///     x = c_j + noise · N(0, I), c_j = (a, b), a and b uniform on {-2, -1, 0, 1, 2}
  ///     p(x) = 1/25 ∑_j N(x; c_j, noise² I)
  public static let twentyFiveGaussians = Dataset(
    mixture: "25-gaussians", summary: "a grid of five by five spots", defaultNoise: 0.05,
    centers: twentyFiveCenters)

  static let eightCenters: [SIMD2<Double>] = (0..<8).map { j in
    let angle = Double.pi * Double(j) / 4
    return SIMD2(2 * cos(angle), 2 * sin(angle))
  }

  static let twentyFiveCenters: [SIMD2<Double>] = (0..<25).map { index in
    let (column, row) = index.quotientAndRemainder(dividingBy: 5)
    return SIMD2(Double(column) - 2, Double(row) - 2)
  }

  /// Creates a mixture of normal distributions of equal weight around `centers`, each of covariance noise² I.
  private init(
    mixture name: String, summary: String, defaultNoise: Double, centers: [SIMD2<Double>]
  ) {
    self.init(
      plane: name, summary: summary, defaultNoise: defaultNoise,
      logDensity: { point, noise in
        guard noise > 0 else { return nil }
        let exponents = centers.map { center in
          let distance = (point - center) / noise
          return -(distance * distance).sum() / 2
        }
        let largest = exponents.max() ?? 0
        let sum = exponents.reduce(0) { $0 + exp($1 - largest) }
        return largest + log(sum / (2 * .pi * noise * noise * Double(exponents.count)))
      },
      point: { u, z, noise in centers[Int(u.x * Double(centers.count))] + noise * z })
  }
}
