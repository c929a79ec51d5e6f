import LangevinPreconditions
import LinearAlgebra

extension NoiseSchedule {
  /// This schedule with √ᾱ shifted and scaled such that nothing of the data is left at the end
  /// (Lin et al. 2023, arXiv 2305.08891, algorithm 1), r being √ᾱ:
  ///
  ///     r′ₜ = (rₜ - r_T) r₁/(r₁ - r_T)
  ///
  /// The first step stays as it was, the last has β = 1. It takes two steps or more, and a network that
  /// estimates data or velocity.
  public func rescaledToZeroTerminalSNR() -> NoiseSchedule {
    require(steps > 1, "NoiseSchedule: a schedule of one step cannot be rescaled")
    if isZeroTerminal { return self }
    let last = logAlphaBar[steps - 1]
    return NoiseSchedule(
      beta: beta.indices.map { t in
        if t == 0 { return beta[0] }
        if t == steps - 1 { return 1 }
        // β′ = 1 - (r′ₜ/r′ₜ₋₁)² = q (2 - q) with q = (rₜ₋₁ - rₜ)/(rₜ₋₁ - r_T), both over rₜ₋₁.
        let q =
          exponentialMinusOne(0.5 * logOnePlus(-beta[t]))
          / exponentialMinusOne(0.5 * (last - logAlphaBar[t - 1]))
        return min(q * (2 - q), 1 - 0x1p-53)
      })
  }
}
