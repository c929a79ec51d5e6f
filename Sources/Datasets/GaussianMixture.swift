import LangevinPreconditions

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A mixture of k normal distributions of equal weight and of covariance noise² I:
///
///     x = c_j + noise · N(0, I), j uniform;  p(x) = 1/k ∑_j N(x; c_j, noise² I)
public protocol GaussianMixture: PlaneDensity {
  /// The means c_j.
  static var centers: [SIMD2<Double>] { get }
}

extension GaussianMixture {
  public func point(_ u: SIMD2<Double>, _ z: SIMD2<Double>) -> SIMD2<Double> {
    Self.centers[Int(u.x * Double(Self.centers.count))] + noise * z
  }

  /// log p(x). Without noise, there is no density, which stops the program.
  public func logDensity(at point: SIMD2<Double>) -> Double {
    require(noise > 0, "\(Self.self): without noise, there is no density")
    let exponents = Self.centers.map { center in
      let distance = (point - center) / noise
      return -(distance * distance).sum() / 2
    }
    let largest = exponents.max() ?? 0
    let sum = exponents.reduce(0) { $0 + exp($1 - largest) }
    return largest + log(sum / (2 * .pi * noise * noise * Double(exponents.count)))
  }
}
