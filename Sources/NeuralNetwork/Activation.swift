import LangevinKernelTable

/// The function that a layer applies to each of its values. With the sigmoid
/// σ(s) = 1 / (1 + exp(-s)):
public enum Activation: String, Sendable, Hashable, CaseIterable, Codable {
  /// φ(s) = s, φ'(s) = 1.
  case identity
  /// φ(s) = log(1 + exp(s)), φ'(s) = σ(s).
  case softplus
  /// φ(s) = s σ(s), φ'(s) = σ(s) + s σ(s) (1 - σ(s)): SiLU, also called swish (Elfwing, Uchibe &
  /// Doya 2018, arXiv 1702.03118).
  case silu
  /// φ(s) = s Φ(s), φ'(s) = Φ(s) + s exp(-s²/2) / √(2π), where Φ is the normal distribution: GELU
  /// (Hendrycks & Gimpel 2016, arXiv 1606.08415), not one of its approximations.
  case gelu

  /// The number by which the kernels know it.
  var number: KernelTable.Activation {
    switch self {
    case .identity: 0
    case .softplus: 1
    case .silu: 2
    case .gelu: 3
    }
  }
}
