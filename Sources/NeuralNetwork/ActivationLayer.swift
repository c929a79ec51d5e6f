import LangevinKernelTable
public import LinearAlgebra

/// A layer that applies one function to each element: h = φ(x), ∂L/∂x = ∂L/∂h ⊙ φ'(x).
///
/// Behind a linear layer it becomes part of that layer's pass over memory.
public protocol ActivationLayer: Layer {
  /// φ.
  static var activation: Activation { get }
  /// The layer; it has neither shape nor parameters.
  init()
}

extension ActivationLayer {
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
      outputs.rows, outputs.columns, outputs.base, outputs.stride, nil, nil, nil,
      Self.activation.number, outputs.base, buffers.derivatives?.base)
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
