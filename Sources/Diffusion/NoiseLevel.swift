import LangevinPreconditions
import LinearAlgebra

/// How much signal and how much noise a state holds:
///
///     x = α x₀ + σ ε,  ε ~ N(0, I)
///
/// All schedules are paths of such pairs. Those that preserve variance have α² + σ² = 1 (Ho et al.
/// 2020); where the variance explodes, α = 1 (Karras et al. 2022, arXiv 2206.00364). The two describe
/// the same states, up to a factor: x/α is the state at (1, σ/α).
public struct NoiseLevel: Sendable, Hashable {
  /// α, the factor of the data.
  public let signal: Double
  /// σ, the standard deviation of the noise.
  public let noise: Double

  /// The level of these two, which are not negative and not both zero.
  public init(signal: Double, noise: Double) {
    require(
      signal >= 0 && noise >= 0 && signal.isFinite && noise.isFinite && signal + noise > 0,
      "NoiseLevel: signal \(signal) and noise \(noise) must be numbers from 0 on, one of them above 0"
    )
    self.signal = signal
    self.noise = noise
  }

  /// The level (1, σ).
  public init(sigma: Double) { self.init(signal: 1, noise: sigma) }

  /// The data themselves: (1, 0).
  public static let clean = NoiseLevel(signal: 1, noise: 0)

  /// σ/α, the noise beside a signal of 1; ∞ where there is no signal.
  public var sigma: Double { noise / signal }

  /// The signal-to-noise ratio α²/σ².
  public var signalToNoiseRatio: Double { signal * signal / (noise * noise) }

  /// λ = ln(α/σ), half the logarithm of the signal-to-noise ratio.
  public var lambda: Double { logarithm(signal) - logarithm(noise) }

  /// √(α² + σ²): the standard deviation of states whose data have a standard deviation of 1.
  public var scale: Double { (signal * signal + noise * noise).squareRoot() }

  /// The same signal-to-noise ratio where α² + σ² = 1.
  public var variancePreserving: NoiseLevel {
    let scale = scale
    return NoiseLevel(signal: signal / scale, noise: noise / scale)
  }
}
