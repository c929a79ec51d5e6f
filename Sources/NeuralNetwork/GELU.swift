/// The activation x Φ(x): ``Activation/gelu``.
public struct GELU: ActivationLayer, Hashable {
  public static let activation = Activation.gelu
  public init() {}
}
