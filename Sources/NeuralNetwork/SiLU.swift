/// The activation x / (1 + exp(-x)): ``Activation/silu``.
public struct SiLU: ActivationLayer, Hashable {
  public static let activation = Activation.silu
  public init() {}
}
