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
    buffers: LayerBuffers, engine: Engine
  ) {
    buffers.values.copy(input)
    buffers.finish(activation: .softplus, engine: engine)
  }

  public func backwardInput(
    conditions: Conditions, parameters: ParameterHandles, buffers: LayerBuffers,
    inputGradients: MatrixHandle?, engine: Engine
  ) {
    buffers.unfinish(engine: engine)
    inputGradients?.copy(buffers.gradients)
  }

  public func backwardParameters(
    _ input: MatrixHandle, conditions: Conditions, buffers: LayerBuffers, units: Range<Int>,
    gradients: ParameterHandles, engine: Engine
  ) {}
}
