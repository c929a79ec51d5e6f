/// The weight of the squared error at each level.
///
/// A weight w of the error of the *data*, ‖x₀ - x̂₀‖², is w b² of the error of the network's own
/// output, since x̂₀ = a x + b F. By this one rule, every weighting is right for every prediction type.
public enum LossWeighting: Sendable, Hashable {
  /// The weight 1 for the error of the output, whatever it estimates (Ho et al. 2020).
  case uniform
  /// The weight min(SNR, γ) for the error of the data (Hang et al. 2023, arXiv 2303.09556).
  ///
  /// It is min(SNR, γ)/SNR for the error of the noise, and min(SNR, γ)/(SNR + 1) for that of the velocity.
  case minimumSNR(gamma: Double = 5)
  /// The weight (r² + σ_d²)/(r σ_d)² for the error of the data, with r = σ/α (Karras et al. 2022).
  ///
  /// It is 1 for the error of the preconditioned output.
  case edm(dataDeviation: Double = 1)

  /// Returns the weight of the squared error of the network's output at `level`.
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
