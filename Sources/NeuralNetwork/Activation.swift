/// The function that a layer applies to each of its values.
public enum Activation: String, Sendable, Hashable {
  /// φ(s) = s.
  case identity
  /// φ(s) = log(1 + exp(s)), φ'(s) = 1 / (1 + exp(-s)).
  case softplus
}
