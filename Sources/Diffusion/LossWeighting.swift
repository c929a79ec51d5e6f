/// How much the squared error counts at each level.
///
/// A weight w of the error of the *data*, ‖x₀ - x̂₀‖², is w b² of the error of the network's own
/// output, since x̂₀ = a x + b F. One rule, and each weighting is right for each prediction.
public enum LossWeighting: Sendable, Hashable {
  /// 1 for the error of the output, whatever it estimates (Ho et al. 2020).
  case uniform
  /// min(SNR, γ) for the error of the data (Hang et al. 2023, arXiv 2303.09556): for the noise that is
  /// min(SNR, γ)/SNR, for the velocity min(SNR, γ)/(SNR + 1).
  case minimumSNR(gamma: Double = 5)
  /// (r² + σ_d²)/(r σ_d)² for the error of the data, r = σ/α (Karras et al. 2022): 1 for the error of
  /// the preconditioned output.
  case edm(dataDeviation: Double = 1)

  /// The weight of the squared error of the network's output at `level`.
  package func weight(at level: NoiseLevel, _ prediction: Prediction) -> Double {
    let ratio = level.signalToNoiseRatio
    let output = prediction.preconditioning(at: level).output
    switch self {
    case .uniform: return 1
    case .minimumSNR(let gamma):
      // b² is 1/SNR; their product would be 0 · ∞ where there is no signal.
      if prediction == .epsilon { return min(ratio, gamma) / ratio }
      return min(ratio, gamma) * output * output
    case .edm(let deviation):
      let variance = deviation * deviation
      // (r² + σ_d²)/(r σ_d)² = SNR + 1/σ_d².
      if prediction == .epsilon { return 1 + 1 / (ratio * variance) }
      return (ratio + 1 / variance) * output * output
    }
  }
}
