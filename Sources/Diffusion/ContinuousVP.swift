import LangevinPreconditions
import LinearAlgebra

/// The variance preserving process in continuous time, t from 0 to 1 (Song et al. 2021, arXiv
/// 2011.13456, equations 32 and 33):
///
///     β(t) = β_min + t (β_max - β_min),  ln ᾱ(t) = -∫₀ᵗ β = -(β_min t + ½ (β_max - β_min) t²)
///
/// At the defaults ᾱ(1) = 4.3·10⁻⁵, and 1000 steps of it are nearly ``NoiseSchedule/linear(steps:start:end:scaled:)``.
public struct ContinuousVP: ContinuousProcess, Codable {
  /// β(0).
  public let betaMinimum: Double
  /// β(1).
  public let betaMaximum: Double

  /// The process between these rates.
  public init(betaMinimum: Double = 0.1, betaMaximum: Double = 20) {
    require(
      betaMinimum >= 0 && betaMaximum >= 0 && betaMinimum + betaMaximum > 0
        && (betaMinimum + betaMaximum).isFinite,
      "ContinuousVP: rates \(betaMinimum) and \(betaMaximum) must be from 0 on, one of them above 0"
    )
    self.betaMinimum = betaMinimum
    self.betaMaximum = betaMaximum
  }

  /// ln ᾱ(t).
  public func logAlphaBar(at t: Double) -> Double {
    -t * (betaMinimum + 0.5 * (betaMaximum - betaMinimum) * t)
  }

  /// (√ᾱ, √(1 - ᾱ)) at `t`, from 0 to 1. The noise is exact to rounding at small t, too.
  public func level(at t: Double) -> NoiseLevel {
    require(t >= 0 && t <= 1, "ContinuousVP: the time \(t) is not from 0 to 1")
    let logAlphaBar = logAlphaBar(at: t)
    return NoiseLevel(
      alpha: exponential(0.5 * logAlphaBar),
      sigma: (-exponentialMinusOne(logAlphaBar)).squareRoot())
  }

  /// The chain whose timestep t has ᾱ((t + 1)/T).
  ///
  ///     βₜ = -expm1(-∫ β from t/T to (t + 1)/T)
  public func discretized(steps: Int) -> NoiseSchedule {
    require(steps > 0, "ContinuousVP: \(steps) timesteps are too few")
    let width = 1 / Double(steps)
    return NoiseSchedule(
      beta: (0..<steps).map { t in
        let middle = (Double(t) + 0.5) * width
        let rate = betaMinimum + (betaMaximum - betaMinimum) * middle
        // So large a rate leaves nothing that a `Double` could hold; only the last step may be 1.
        return min(-exponentialMinusOne(-width * rate), 1 - 0x1p-53)
      })
  }
}
