import LangevinKernelTable
import LangevinPreconditions
public import LinearAlgebra

/// A linear layer whose outputs are scaled, unit by unit, by a row of a table that the condition of
/// the sample chooses: how the seed's network learns of the timestep.
///
///     a = x Wᵀ + b                x: rows × inputs, W: outputs × inputs, b: outputs
///     s = E[c] ⊙ a                E: conditions × outputs, c: one condition a row
///     h = φ(s)
///
/// Backward, with g = ∂L/∂h:
///
///     ∂L/∂s = g ⊙ φ'(s)
///     ∂L/∂E[k] = Σ_{rows with c = k} ∂L/∂s ⊙ a
///     ∂L/∂a = ∂L/∂s ⊙ E[c]
///     ∂L/∂x = ∂L/∂a W,  ∂L/∂W = (∂L/∂a)ᵀ x,  ∂L/∂b = Σ_rows ∂L/∂a
///
/// Parameters: `NAME.lin.weight`, `NAME.lin.bias` as of ``Linear``, and `NAME.embed.weight`, uniform
/// on [0, 1) at first.
public struct ConditionalLinear: Layer, Hashable {
  /// The name before those of its parameters.
  public let name: String
  /// How many conditions there are.
  public let conditions: Int
  /// The product within, without activation.
  private let linear: Linear
  /// What is applied to each scaled value.
  public private(set) var activation: Activation

  /// A layer from `inputs` to `outputs` columns, under one of `conditions` conditions.
  public init(
    _ name: String, inputs: Int, outputs: Int, conditions: Int, activation: Activation = .identity
  ) {
    require(conditions > 0, "ConditionalLinear \(name): \(conditions) conditions are too few")
    self.name = name
    self.linear = Linear("\(name).lin", inputs: inputs, outputs: outputs)
    self.conditions = conditions
    self.activation = activation
  }

  /// Columns that go in.
  public var inputs: Int { linear.inputs }
  /// Columns that come out.
  public var outputs: Int { linear.outputs }

  public var parameters: [ParameterDeclaration] {
    linear.parameters + [
      .matrix(
        "\(name).embed.weight", rows: conditions, columns: outputs, initialRange: 0...1,
        grain: 4)
    ]
  }

  public func outputWidth(inputWidth: Int) -> Int { linear.outputWidth(inputWidth: inputWidth) }
  public var conditionCount: Int? { conditions }
  public var operationsPerRow: Int { linear.operationsPerRow }
  public var keepsValues: Bool { true }
  public var keepsDerivatives: Bool { activation != .identity }

  public func absorbing(_ next: any Layer) -> (any Layer)? {
    guard activation == .identity, let next = next as? any ActivationLayer else { return nil }
    var layer = self
    layer.activation = type(of: next).activation
    return layer
  }

  public func packedCount(engine: Engine) -> Int { linear.packedCount(engine: engine) }

  public func pack(_ parameters: ParameterHandles, into packed: MatrixHandle, engine: Engine) {
    linear.pack(parameters, into: packed, engine: engine)
  }

  public func forward(
    _ input: MatrixHandle, conditions: Conditions, parameters: ParameterHandles,
    packed: MatrixHandle, buffers: LayerBuffers, engine: Engine
  ) {
    buffers.formOutputs(
      input, weight: parameters[0], packed: packed, bias: parameters[1], scales: parameters[2],
      conditions: conditions, activation: activation, engine: engine)
  }

  public func backwardEpilogue(
    conditions: Conditions, parameters: ParameterHandles, buffers: LayerBuffers
  ) -> BackwardEpilogue {
    BackwardEpilogue(
      derivatives: buffers.derivatives, scales: parameters[2], conditions: conditions,
      values: buffers.values, scaleGradients: buffers.scaleGradients,
      gradientCopies: buffers.gradientCopies)
  }

  public func backwardInput(
    parameters: ParameterHandles, buffers: LayerBuffers, inputGradients: MatrixHandle,
    epilogue: BackwardEpilogue, engine: Engine
  ) {
    linear.backwardInput(
      parameters: parameters, buffers: buffers, inputGradients: inputGradients,
      epilogue: epilogue, engine: engine)
  }

  public func backwardParameters(
    _ input: MatrixHandle, conditions: GroupedConditions, buffers: LayerBuffers,
    part: Part, adds: Bool, gradients: ParameterHandles, engine: Engine
  ) {
    linear.backwardParameters(
      input, conditions: conditions, buffers: buffers, part: part, adds: adds,
      gradients: gradients, engine: engine)
    guard let rowGradients = buffers.scaleGradients else { return }
    // The network may know fewer conditions than this layer does.
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
