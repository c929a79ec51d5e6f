import LangevinKernelTable
import LangevinPreconditions
package import LinearAlgebra

/// A linear layer that scales each output by an element of a table; the condition chooses the table's row.
///
/// Langevin's original denoiser takes in the timestep this way.
///
///     a = x Wᵀ + b                x: rows × inputs, W: outputs × inputs, b: outputs
///     s = E[c] ⊙ a                E: conditions × outputs, c: the condition of the row
///     h = φ(s)
///
/// Backward, with g = ∂L/∂h:
///
///     ∂L/∂s = g ⊙ φ'(s)
///     ∂L/∂E[k] = Σ_{rows with c = k} ∂L/∂s ⊙ a
///     ∂L/∂a = ∂L/∂s ⊙ E[c]
///     ∂L/∂x = ∂L/∂a W,  ∂L/∂W = (∂L/∂a)ᵀ x,  ∂L/∂b = Σ_rows ∂L/∂a
///
/// Parameters: `NAME.lin.weight` and `NAME.lin.bias` as in ``Linear``, and `NAME.embed.weight`, initially
/// uniform on [0, 1).
public struct ConditionalLinear: KernelLayer, Hashable {
  /// The prefix of the names of its parameters.
  package let name: String
  /// The number of conditions.
  package let conditions: Int
  /// The product inside the layer, without activation.
  private let linear: Linear
  /// The activation φ, applied to each scaled value.
  package private(set) var activation: Activation

  /// Creates a layer from `inputs` to `outputs` columns with `conditions` conditions.
  public init(
    _ name: String, inputs: Int, outputs: Int, conditions: Int, activation: Activation = .identity
  ) {
    require(conditions > 0, "ConditionalLinear \(name): needs conditions, got \(conditions)")
    self.name = name
    self.linear = Linear("\(name).lin", inputs: inputs, outputs: outputs)
    self.conditions = conditions
    self.activation = activation
  }

  /// The number of input columns.
  package var inputs: Int { linear.inputs }
  /// The number of output columns.
  package var outputs: Int { linear.outputs }

  public var passes: LayerPasses { LayerPasses(self) }

  package var parameters: [ParameterDeclaration] {
    linear.parameters + [
      .matrix(
        "\(name).embed.weight", rows: conditions, columns: outputs, initialRange: 0...1,
        grain: 4)
    ]
  }

  package func outputWidth(inputWidth: Int) -> Int { linear.outputWidth(inputWidth: inputWidth) }
  package var conditionCount: Int? { conditions }
  package var operationsPerRow: Int { linear.operationsPerRow }
  package var keepsValues: Bool { true }
  package var keepsDerivatives: Bool { activation != .identity }

  package func fused(with next: any KernelLayer) -> (any KernelLayer)? {
    guard activation == .identity, let next = next as? Activation else { return nil }
    var layer = self
    layer.activation = next
    return layer
  }

  package func packedCount(engine: Engine) -> Int { linear.packedCount(engine: engine) }

  package func pack(
    _ parameters: ParameterHandles, into packed: MatrixHandle<Float>, engine: Engine
  ) {
    linear.pack(parameters, into: packed, engine: engine)
  }

  package func forward(
    _ input: MatrixHandle<Float>, conditions: Conditions, parameters: ParameterHandles,
    packed: MatrixHandle<Float>, buffers: LayerBuffers, engine: Engine
  ) {
    buffers.formOutputs(
      input, weight: parameters[0], packed: packed, bias: parameters[1], scales: parameters[2],
      conditions: conditions, activation: activation, engine: engine)
  }

  package func backwardEpilogue(
    conditions: Conditions, parameters: ParameterHandles, buffers: LayerBuffers
  ) -> BackwardEpilogue {
    BackwardEpilogue(
      derivatives: buffers.derivatives, scales: parameters[2], conditions: conditions,
      values: buffers.values, scaleGradients: buffers.scaleGradients,
      gradientCopies: buffers.gradientCopies)
  }

  package func backwardInput(
    _ input: MatrixHandle<Float>, conditions: Conditions, parameters: ParameterHandles,
    buffers: LayerBuffers, inputGradients: MatrixHandle<Float>, epilogue: BackwardEpilogue,
    engine: Engine
  ) {
    linear.backwardInput(
      input, conditions: conditions, parameters: parameters, buffers: buffers,
      inputGradients: inputGradients, epilogue: epilogue, engine: engine)
  }

  package func backwardParameters(
    _ input: MatrixHandle<Float>, conditions: GroupedConditions, parameters: ParameterHandles,
    buffers: LayerBuffers, part: Part, adds: Bool, gradients: ParameterHandles, engine: Engine
  ) {
    linear.backwardParameters(
      input, conditions: conditions, parameters: parameters, buffers: buffers, part: part,
      adds: adds, gradients: gradients, engine: engine)
    guard let rowGradients = buffers.scaleGradients else { return }
    // The network may use fewer conditions than this layer has.
    let own = gradients.rows(ofParameter: 2, part)
    let known = own.clamped(to: 0..<conditions.conditionCount)
    let table = gradients[2]
    unsafe engine.kernels.sumRowsByCondition(
      known.count, rowGradients.columns, rowGradients.start, rowGradients.stride,
      conditions.starts + known.lowerBound, conditions.rows, adds,
      table.rows(known).base, table.stride)
    if adds { return }
    table.rows(max(own.lowerBound, known.upperBound)..<own.upperBound).fill(0)
  }
}
