import LangevinPreconditions
import LinearAlgebra

/// The amounts of data and noise in a state:
///
///     x = α x₀ + σ ε,  ε ~ N(0, I)
///
/// Every schedule is a path of such pairs. Variance-preserving schedules have α² + σ² = 1 (Ho et al.
/// 2020); variance-exploding ones have α = 1 (Karras et al. 2022, arXiv 2206.00364). Both describe the same
/// states, up to a factor: x/α is the state at (1, σ/α).
public struct NoiseLevel: Sendable, Hashable {
  /// The factor of the data, α.
  public let alpha: Double
  /// The standard deviation of the noise, σ.
  public let sigma: Double

  /// Creates the level (α, σ). Neither may be negative, and at least one must be above 0.
  public init(alpha: Double = 1, sigma: Double) {
    require(
      alpha >= 0 && sigma >= 0 && alpha.isFinite && sigma.isFinite && alpha + sigma > 0,
      "NoiseLevel: alpha \(alpha) and sigma \(sigma) must be finite, 0 or more, and not both 0")
    self.alpha = alpha
    self.sigma = sigma
  }

  /// The level of the data themselves, (1, 0).
  public static let clean = NoiseLevel(sigma: 0)

  /// The ratio σ/α; ∞ where there is no signal.
  public var noiseToSignalRatio: Double { sigma / alpha }

  /// The signal-to-noise ratio α²/σ².
  public var signalToNoiseRatio: Double { alpha * alpha / (sigma * sigma) }

  /// Half the logarithm of the signal-to-noise ratio, λ = ln(α/σ).
  public var lambda: Double { logarithm(alpha) - logarithm(sigma) }

  /// The standard deviation of states whose data have a standard deviation of 1, √(α² + σ²).
  public var scale: Double { (alpha * alpha + sigma * sigma).squareRoot() }

  /// The level with the same signal-to-noise ratio and α² + σ² = 1.
  package var variancePreserving: NoiseLevel {
    let scale = scale
    return NoiseLevel(alpha: alpha / scale, sigma: sigma / scale)
  }
}
