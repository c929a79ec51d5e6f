import LangevinPreconditions
import LinearAlgebra

extension NoiseSchedule {
  /// Returns this schedule with r = √ᾱ shifted and scaled so that no signal is left at the end (Lin et al.
  /// 2023, arXiv 2305.08891, algorithm 1):
  ///
  ///     r′ₜ = (rₜ - r_T) r₁/(r₁ - r_T)
  ///
  /// The first timestep does not change, and the last has β = 1. The schedule must have two timesteps or
  /// more, and the network must estimate the data or the velocity.
  public func rescaledToZeroTerminalSNR() -> NoiseSchedule {
    require(steps > 1, "NoiseSchedule: cannot rescale a schedule of one timestep; use at least 2")
    if isZeroTerminal { return self }
    let last = logAlphaBar[steps - 1]
    return NoiseSchedule(
      beta: beta.indices.map { t in
        if t == 0 { return beta[0] }
        if t == steps - 1 { return 1 }
        // β′ = 1 - (r′ₜ/r′ₜ₋₁)² = q (2 - q) with q = (rₜ₋₁ - rₜ)/(rₜ₋₁ - r_T), reduced by rₜ₋₁.
        let q =
          exponentialMinusOne(0.5 * logOnePlus(-beta[t]))
          / exponentialMinusOne(0.5 * (last - logAlphaBar[t - 1]))
        return min(q * (2 - q), 1 - 0x1p-53)
      })
  }
}
