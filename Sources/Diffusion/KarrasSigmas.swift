import LangevinPreconditions
import LinearAlgebra

/// Levels (1, σ) that lie closer together where there is little noise (Karras et al. 2022, arXiv
/// 2206.00364, equation 5):
///
///     σᵢ = (max^(1/ρ) + i/(n - 1) (min^(1/ρ) - max^(1/ρ)))^ρ,  i = 0 … n-1
public struct KarrasSigmas: Sendable, Hashable, Codable {
  /// The smallest σ above 0. Only the last step resolves finer structure of the data.
  public let minimum: Double
  /// The largest σ, which must be much larger than the deviation of the data.
  public let maximum: Double
  /// The exponent ρ, which makes steps shorter as σ falls. With 1, all steps are equal.
  public let rho: Double

  /// Creates levels from `maximum` down to `minimum`.
  ///
  /// The defaults are for data of standard deviation 1. The paper uses 0.002 and 80, for pixels.
  public init(minimum: Double = 0.01, maximum: Double = 20, rho: Double = 7) {
    require(
      0 < minimum && minimum < maximum && maximum.isFinite && rho > 0,
      "KarrasSigmas: minimum \(minimum) must be below maximum \(maximum), and both and rho \(rho) above 0"
    )
    self.minimum = minimum
    self.maximum = maximum
    self.rho = rho
  }

  /// Returns σ₀ … σ_{count-1}, descending from ``maximum`` to ``minimum``; ``maximum`` alone if `count` is 1.
  public func sigmas(count: Int) -> [Double] {
    require(count > 0, "KarrasSigmas: too few levels (\(count)); use at least 1")
    let (first, last) = (power(maximum, 1 / rho), power(minimum, 1 / rho))
    return (0..<count).map { i in
      // The ends are exact, without the rounding of the formula.
      if i == 0 { return maximum }
      if i == count - 1 { return minimum }
      return power(first + Double(i) / Double(count - 1) * (last - first), rho)
    }
  }

  /// Returns `count` levels and then that of the data: the path of a sampler of `count` steps.
  public func levels(count: Int) -> [NoiseLevel] {
    sigmas(count: count).map { NoiseLevel(sigma: $0) } + [.clean]
  }
}
