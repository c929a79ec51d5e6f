import LangevinKernelTable
import LangevinPreconditions
package import LinearAlgebra

/// A linear layer with an activation, like PyTorch's `nn.Linear`.
///
///     a = x Wᵀ + b          x: rows × inputs, W: outputs × inputs, b: outputs
///     h = φ(a)
///
/// Backward, with g = ∂L/∂h:
///
///     ∂L/∂a = g ⊙ φ'(a)
///     ∂L/∂x = ∂L/∂a W,  ∂L/∂W = (∂L/∂a)ᵀ x,  ∂L/∂b = Σ_rows ∂L/∂a
///
/// Parameters: `NAME.weight` and `NAME.bias`. Initial values are uniform on ±1/√inputs, or on
/// ±`initialBound`.
public struct Linear: KernelLayer, Hashable {
  /// The prefix of the names of its parameters.
  package let name: String
  /// The number of input columns.
  package let inputs: Int
  /// The number of output columns.
  package let outputs: Int
  /// The activation φ, applied to each value.
  package private(set) var activation: Activation

  /// The largest magnitude of an initial parameter.
  package let initialBound: Float

  /// Creates a layer from `inputs` to `outputs` columns.
  ///
  /// Initial parameters are uniform on ±`initialBound`, which is 1/√inputs if nil.
  public init(
    _ name: String, inputs: Int, outputs: Int, activation: Activation = .identity,
    initialBound: Float? = nil
  ) {
    require(
      inputs > 0 && outputs > 0, "Linear \(name): \(inputs) → \(outputs) columns must be positive")
    require(
      (initialBound ?? 0) >= 0,
      "Linear \(name): the initial bound (\(initialBound ?? 0)) is negative")
    self.name = name
    self.inputs = inputs
    self.outputs = outputs
    self.activation = activation
    self.initialBound = initialBound ?? 1 / Float(inputs).squareRoot()
  }

  public var passes: LayerPasses { LayerPasses(self) }

  package var parameters: [ParameterDeclaration] {
    let range = -initialBound...initialBound
    return [
      .matrix("\(name).weight", rows: outputs, columns: inputs, initialRange: range),
      .vector("\(name).bias", count: outputs, initialRange: range),
    ]
  }

  package func outputWidth(inputWidth: Int) -> Int {
    require(
      inputWidth == inputs, "Linear \(name): got \(inputWidth) columns, but takes \(inputs)")
    return outputs
  }

  package var operationsPerRow: Int { 2 * inputs * outputs }
  package var keepsDerivatives: Bool { activation != .identity }

  package func fused(with next: any KernelLayer) -> (any KernelLayer)? {
    guard activation == .identity, let next = next as? Activation else { return nil }
    var layer = self
    layer.activation = next
    return layer
  }

  package func packedCount(engine: Engine) -> Int {
    engine.packedCount(outputs: outputs, inputs: inputs)
  }

  package func pack(
    _ parameters: ParameterHandles, into packed: MatrixHandle<Float>, engine: Engine
  ) {
    engine.pack(parameters[0], into: packed)
  }

  package func forward(
    _ input: MatrixHandle<Float>, conditions: Conditions, parameters: ParameterHandles,
    packed: MatrixHandle<Float>, buffers: LayerBuffers, engine: Engine
  ) {
    buffers.formOutputs(
      input, weight: parameters[0], packed: packed, bias: parameters[1], activation: activation,
      engine: engine)
  }

  package func backwardEpilogue(
    conditions: Conditions, parameters: ParameterHandles, buffers: LayerBuffers
  ) -> BackwardEpilogue {
    BackwardEpilogue(
      derivatives: buffers.derivatives, gradientCopies: buffers.gradientCopies)
  }

  package func backwardInput(
    _ input: MatrixHandle<Float>, conditions: Conditions, parameters: ParameterHandles,
    buffers: LayerBuffers, inputGradients: MatrixHandle<Float>, epilogue: BackwardEpilogue,
    engine: Engine
  ) {
    buffers.formInputGradients(
      inputGradients, weight: parameters[0], epilogue: epilogue, engine: engine)
  }

  package func backwardParameters(
    _ input: MatrixHandle<Float>, conditions: GroupedConditions, parameters: ParameterHandles,
    buffers: LayerBuffers, part: Part, adds: Bool, gradients: ParameterHandles, engine: Engine
  ) {
    let units = gradients.rows(ofParameter: 0, part)
    if units.isEmpty { return }
    let (weight, bias) = (gradients[0].rows(units), gradients[1].columns(units))
    let outer = buffers.sharedGradients.columns(units)
    weight.formProduct(outer, input, transposeA: true, beta: adds ? 1 : 0, engine: engine)
    unsafe engine.floats.sumColumns(
      outer.rows, outer.columns, outer.base, outer.stride, adds, bias.base)
  }
}
