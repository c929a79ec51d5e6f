import KernelTable
public import LinearAlgebra

/// The activation h = log(1 + exp(x)), element by element; ∂L/∂x = ∂L/∂h ⊙ 1/(1 + exp(-x)).
///
/// Behind a linear layer it becomes part of that layer's pass over memory.
public struct Softplus: Layer, Hashable {
  /// The layer; it has neither shape nor parameters.
  public init() {}

  public var parameters: [ParameterDeclaration] { [] }
  public func outputWidth(inputWidth: Int) -> Int { inputWidth }
  public var conditionCount: Int? { nil }
  public var operationsPerRow: Int { 0 }
  public var keepsValues: Bool { false }
  public var keepsDerivatives: Bool { true }
  public func absorbing(_ next: any Layer) -> (any Layer)? { nil }

  public func forward(
    _ input: MatrixHandle, conditions: Conditions, parameters: ParameterHandles,
    packed: MatrixHandle, buffers: LayerBuffers, engine: Engine
  ) {
    let outputs = buffers.outputs
    outputs.copy(input)
    unsafe engine.kernels.finishLayer(
      outputs.rows, outputs.columns, outputs.base, outputs.stride, nil, nil, nil, true,
      outputs.base, buffers.derivatives?.base)
    buffers.outputCopies?.copy(outputs)
  }

  public func backwardEpilogue(
    conditions: Conditions, parameters: ParameterHandles, buffers: LayerBuffers
  ) -> BackwardEpilogue {
    BackwardEpilogue(derivatives: buffers.derivatives)
  }

  public func backwardInput(
    parameters: ParameterHandles, buffers: LayerBuffers, inputGradients: MatrixHandle,
    epilogue: BackwardEpilogue, engine: Engine
  ) {
    inputGradients.copy(buffers.gradients)
    epilogue.apply(to: inputGradients, engine: engine)
  }

  public func backwardParameters(
    _ input: MatrixHandle, conditions: GroupedConditions, buffers: LayerBuffers,
    part: Part, adds: Bool, gradients: ParameterHandles, engine: Engine
  ) {}
}
