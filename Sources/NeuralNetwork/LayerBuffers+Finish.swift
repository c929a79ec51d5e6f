import KernelTable
import LinearAlgebra

// What surrounds the product in each layer, as one pass over memory: see `KernelTable.finishLayer`.

extension LayerBuffers {
  /// From products in `values` to `outputs`: bias, scale by condition, activation.
  func finish(
    bias: MatrixHandle? = nil, scales: MatrixHandle? = nil, conditions: Conditions? = nil,
    activation: Activation, engine: Engine
  ) {
    let bias = unsafe bias.map { unsafe UnsafePointer($0.base) }
    let scales = unsafe scales.map { unsafe UnsafePointer($0.base) }
    unsafe engine.kernels.finishLayer(
      values.rows, values.columns, values.base, values.stride, bias, scales, conditions?.base,
      activation == .softplus, outputs.base, derivatives?.base)
  }

  /// From ∂L/∂outputs to ∂L/∂values in `gradients`; and, if asked for, the gradient of the row's
  /// scales in `values`.
  func unfinish(
    scales: MatrixHandle? = nil, conditions: Conditions? = nil,
    leavingScaleGradients: Bool = false, engine: Engine
  ) {
    let derivatives = unsafe derivatives.map { unsafe UnsafePointer($0.base) }
    let scales = unsafe scales.map { unsafe UnsafePointer($0.base) }
    unsafe engine.kernels.unfinishLayer(
      gradients.rows, gradients.columns, gradients.base, gradients.stride, derivatives, scales,
      conditions?.base, leavingScaleGradients ? values.base : nil)
  }
}
