public import LinearAlgebra
import KernelTable

/// A linear layer, PyTorch's `nn.Linear`, with an activation.
///
///     a = x Wᵀ + b          x: rows × inputs, W: outputs × inputs, b: outputs
///     h = φ(a)
///
/// Backward, with g = ∂L/∂h:
///
///     ∂L/∂a = g ⊙ φ'(a)
///     ∂L/∂x = ∂L/∂a W,  ∂L/∂W = (∂L/∂a)ᵀ x,  ∂L/∂b = Σ_rows ∂L/∂a
///
/// Parameters: `NAME.weight` and `NAME.bias`, uniform on ±1/√inputs at first.
public struct Linear: Layer, Hashable {
  /// The name before those of its parameters.
  public let name: String
  /// Columns that go in.
  public let inputs: Int
  /// Columns that come out.
  public let outputs: Int
  /// What is applied to each value.
  public private(set) var activation: Activation

  /// A layer from `inputs` to `outputs` columns.
  public init(_ name: String, inputs: Int, outputs: Int, activation: Activation = .identity) {
    precondition(
      inputs > 0 && outputs > 0, "Linear \(name): \(inputs) → \(outputs) is not a shape")
    self.name = name
    self.inputs = inputs
    self.outputs = outputs
    self.activation = activation
  }

  public var parameters: [ParameterDeclaration] {
    let bound = 1 / Float(inputs).squareRoot()
    return [
      .matrix("\(name).weight", rows: outputs, columns: inputs, initialRange: -bound...bound),
      .vector("\(name).bias", count: outputs, initialRange: -bound...bound),
    ]
  }

  public func outputWidth(inputWidth: Int) -> Int {
    precondition(
      inputWidth == inputs, "Linear \(name): \(inputWidth) columns go in, it takes \(inputs)")
    return outputs
  }

  public var conditionCount: Int? { nil }
  public var operationsPerRow: Int { 2 * inputs * outputs }
  public var keepsValues: Bool { false }
  public var keepsDerivatives: Bool { activation != .identity }

  public func absorbing(_ next: any Layer) -> (any Layer)? {
    guard activation == .identity, next is Softplus else { return nil }
    var layer = self
    layer.activation = .softplus
    return layer
  }

  public func forward(
    _ input: MatrixHandle, conditions: Conditions, parameters: ParameterHandles,
    buffers: LayerBuffers, engine: Engine
  ) {
    let (weight, bias) = (parameters[0], parameters[1])
    buffers.values.formProduct(input, weight, transposeB: true, engine: engine)
    buffers.finish(bias: bias, activation: activation, engine: engine)
  }

  public func backwardInput(
    conditions: Conditions, parameters: ParameterHandles, buffers: LayerBuffers,
    inputGradients: MatrixHandle?, engine: Engine
  ) {
    let weight = parameters[0]
    if activation != .identity { buffers.unfinish(engine: engine) }
    inputGradients?.formProduct(buffers.gradients, weight, engine: engine)
  }

  public func backwardParameters(
    _ input: MatrixHandle, conditions: Conditions, buffers: LayerBuffers, units: Range<Int>,
    gradients: ParameterHandles, engine: Engine
  ) {
    let (weight, bias) = (gradients[0].rows(units), gradients[1].columns(units))
    let outer = buffers.gradients.columns(units)
    weight.formProduct(outer, input, transposeA: true, engine: engine)
    unsafe engine.kernels.sumColumns(
      outer.rows, outer.columns, outer.base, outer.stride, bias.base)
  }
}
