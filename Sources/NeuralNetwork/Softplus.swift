/// The activation log(1 + exp(x)): ``Activation/softplus``.
public struct Softplus: ActivationLayer, Hashable {
  public static let activation = Activation.softplus
  public init() {}
}
