import LangevinPreconditions
import LinearAlgebra

/// The variance-preserving process in continuous time, t from 0 to 1 (Song et al. 2021, arXiv
/// 2011.13456, equations 32 and 33):
///
///     β(t) = β_min + t (β_max - β_min),  ln ᾱ(t) = -∫₀ᵗ β = -(β_min t + ½ (β_max - β_min) t²)
///
/// With the default rates, ᾱ(1) is 4.3·10⁻⁵, and the schedule of 1000 steps is nearly that of
/// ``NoiseSchedule/linear(steps:start:end:scaled:)``.
public struct ContinuousVP: ContinuousProcess, Codable {
  /// The noise rate β(0) at the start.
  public let betaMinimum: Double
  /// The noise rate β(1) at the end.
  public let betaMaximum: Double

  /// Creates the process whose rate goes from `betaMinimum` to `betaMaximum`.
  public init(betaMinimum: Double = 0.1, betaMaximum: Double = 20) {
    require(
      betaMinimum >= 0 && betaMaximum >= 0 && betaMinimum + betaMaximum > 0
        && (betaMinimum + betaMaximum).isFinite,
      "ContinuousVP: rates \(betaMinimum) and \(betaMaximum) must be finite, 0 or more, and not both 0"
    )
    self.betaMinimum = betaMinimum
    self.betaMaximum = betaMaximum
  }

  /// Returns ln ᾱ(t).
  public func logAlphaBar(at t: Double) -> Double {
    -t * (betaMinimum + 0.5 * (betaMaximum - betaMinimum) * t)
  }

  /// Returns the level (√ᾱ, √(1 - ᾱ)) at `t`, from 0 to 1. The noise is exact to rounding even at small t.
  public func level(at t: Double) -> NoiseLevel {
    require(t >= 0 && t <= 1, "ContinuousVP: time \(t) must be from 0 to 1")
    let logAlphaBar = logAlphaBar(at: t)
    return NoiseLevel(
      alpha: exponential(0.5 * logAlphaBar),
      sigma: (-exponentialMinusOne(logAlphaBar)).squareRoot())
  }

  /// Returns the schedule of T = `steps` timesteps whose timestep t has ᾱ((t + 1)/T).
  ///
  ///     βₜ = -expm1(-∫ β from t/T to (t + 1)/T)
  public func discretized(steps: Int) -> NoiseSchedule {
    require(steps > 0, "ContinuousVP: too few timesteps (\(steps)); use at least 1")
    let width = 1 / Double(steps)
    return NoiseSchedule(
      beta: (0..<steps).map { t in
        let middle = (Double(t) + 0.5) * width
        let rate = betaMinimum + (betaMaximum - betaMinimum) * middle
        // At very large rates β rounds to 1, which a schedule allows only at its last timestep.
        return min(-exponentialMinusOne(-width * rate), 1 - 0x1p-53)
      })
  }
}
