import LangevinKernelTable
package import LinearAlgebra

/// An activation function φ, applied to each element: h = φ(x), ∂L/∂x = ∂L/∂h ⊙ φ'(x).
///
/// An activation after a linear layer is computed in that layer's pass over memory. Below, σ is the sigmoid,
/// σ(s) = 1 / (1 + exp(-s)).
public enum Activation: String, Sendable, Hashable, CaseIterable, Codable {
  /// The identity: φ(s) = s, φ'(s) = 1.
  case identity
  /// The softplus function: φ(s) = log(1 + exp(s)), φ'(s) = σ(s).
  case softplus
  /// SiLU, also called swish: φ(s) = s σ(s), φ'(s) = σ(s) + s σ(s) (1 - σ(s)).
  ///
  /// Elfwing, Uchibe & Doya 2018, arXiv 1702.03118.
  case silu
  /// Exact GELU: φ(s) = s Φ(s), φ'(s) = Φ(s) + s exp(-s²/2) / √(2π).
  ///
  /// Φ is the normal distribution function (Hendrycks & Gimpel 2016, arXiv 1606.08415).
  case gelu

  /// The number of the activation in the kernels.
  var number: KernelTable.Activation {
    switch self {
    case .identity: 0
    case .softplus: 1
    case .silu: 2
    case .gelu: 3
    }
  }
}

extension Activation: KernelLayer {
  public var passes: LayerPasses { LayerPasses(self) }
  package var parameters: [ParameterDeclaration] { [] }
  package func outputWidth(inputWidth: Int) -> Int { inputWidth }
  package var keepsDerivatives: Bool { true }

  package func forward(
    _ input: MatrixHandle<Float>, conditions: Conditions, parameters: ParameterHandles,
    packed: MatrixHandle<Float>, buffers: LayerBuffers, engine: Engine
  ) {
    let outputs = buffers.outputs
    outputs.copy(input)
    unsafe engine.kernels.finishLayer(
      outputs.rows, outputs.columns, outputs.base, outputs.stride, nil, nil, nil, number,
      outputs.base, buffers.derivatives?.base)
    buffers.outputCopies?.copy(outputs)
  }

  package func backwardEpilogue(
    conditions: Conditions, parameters: ParameterHandles, buffers: LayerBuffers
  ) -> BackwardEpilogue {
    BackwardEpilogue(derivatives: buffers.derivatives)
  }

  package func backwardInput(
    _ input: MatrixHandle<Float>, conditions: Conditions, parameters: ParameterHandles,
    buffers: LayerBuffers, inputGradients: MatrixHandle<Float>, epilogue: BackwardEpilogue,
    engine: Engine
  ) {
    inputGradients.copy(buffers.gradients)
    epilogue.apply(to: inputGradients, engine: engine)
  }
}
