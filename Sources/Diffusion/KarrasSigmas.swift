import LangevinPreconditions
import LinearAlgebra

/// Levels (1, σ) that lie closer together where there is little noise (Karras et al. 2022, arXiv
/// 2206.00364, equation 5):
///
///     σᵢ = (max^(1/ρ) + i/(n - 1) (min^(1/ρ) - max^(1/ρ)))^ρ,  i = 0 … n-1
public struct KarrasSigmas: Sendable, Hashable, Codable {
  /// The least σ above 0. Structure of the data that is finer is left to the last step.
  public let minimum: Double
  /// The largest σ, beside which the data's deviation must be small.
  public let maximum: Double
  /// ρ, by which the steps become shorter as σ does; 1 makes them equal.
  public let rho: Double

  /// Levels between these. The defaults are for data of standard deviation 1; the paper, with pixels in
  /// mind, has 0.002 and 80.
  public init(minimum: Double = 0.01, maximum: Double = 20, rho: Double = 7) {
    require(
      0 < minimum && minimum < maximum && maximum.isFinite && rho > 0,
      "KarrasSigmas: minimum \(minimum), maximum \(maximum), rho \(rho): must be above 0, and ascend"
    )
    self.minimum = minimum
    self.maximum = maximum
    self.rho = rho
  }

  /// σ₀ … σ_{count-1}, descending from ``maximum`` to ``minimum``; the former alone if `count` is 1.
  public func sigmas(count: Int) -> [Double] {
    require(count > 0, "KarrasSigmas: \(count) is not a number of levels")
    let (first, last) = (power(maximum, 1 / rho), power(minimum, 1 / rho))
    return (0..<count).map { i in
      // The ends as they are, without rounding.
      if i == 0 { return maximum }
      if i == count - 1 { return minimum }
      return power(first + Double(i) / Double(count - 1) * (last - first), rho)
    }
  }

  /// `count` levels and then the data: the path of a sampler of `count` steps.
  public func levels(count: Int) -> [NoiseLevel] {
    sigmas(count: count).map { NoiseLevel(sigma: $0) } + [.clean]
  }
}
