import Foundation
import LinearAlgebra
import NeuralNetwork

/// y = sin x, and back ∂L/∂x = ∂L/∂y ⊙ cos x.
struct Sine: Layer {
  var parameters: [ParameterDeclaration] { [] }
  var conditionCount: Int? { nil }
  var operationsPerRow: Int { 0 }
  var keepsValues: Bool { false }
  var keepsDerivatives: Bool { true }
  func outputWidth(inputWidth: Int) -> Int { inputWidth }
  func absorbing(_ next: any Layer) -> (any Layer)? { nil }

  func forward(
    _ input: MatrixHandle, conditions: Conditions, parameters: ParameterHandles,
    packed: MatrixHandle, buffers: LayerBuffers, engine: Engine
  ) {
    let outputs = buffers.outputs
    for row in 0..<input.rows {
      for column in 0..<input.columns {
        let x = unsafe input.base[row * input.stride + column]
        let place = row * outputs.stride + column
        unsafe outputs.base[place] = sin(x)
        unsafe buffers.derivatives?.base[place] = cos(x)
      }
    }
    buffers.outputCopies?.copy(outputs)
  }

  func backwardEpilogue(
    conditions: Conditions, parameters: ParameterHandles, buffers: LayerBuffers
  ) -> BackwardEpilogue {
    BackwardEpilogue(derivatives: buffers.derivatives)
  }

  func backwardInput(
    parameters: ParameterHandles, buffers: LayerBuffers, inputGradients: MatrixHandle,
    epilogue: BackwardEpilogue, engine: Engine
  ) {
    inputGradients.copy(buffers.gradients)
    epilogue.apply(to: inputGradients, engine: engine)
  }

  func backwardParameters(
    _ input: MatrixHandle, conditions: GroupedConditions, buffers: LayerBuffers, part: Part,
    adds: Bool, gradients: ParameterHandles, engine: Engine
  ) {}
}
