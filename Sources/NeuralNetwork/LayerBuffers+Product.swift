import LangevinKernelTable
import LangevinPreconditions
import LinearAlgebra

// The product of a linear layer with its epilogue. The Swift kernels compute both in one pass; after
// OpenBLAS, the epilogue is a second pass over the result.

extension LayerBuffers {
  /// Computes `outputs = φ(scales[c] ⊙ (input weightᵀ + bias))`. `packed` is `weight`, packed.
  func formOutputs(
    _ input: MatrixHandle<Float>, weight: MatrixHandle<Float>, packed: MatrixHandle<Float>,
    bias: MatrixHandle<Float>,
    scales: MatrixHandle<Float>? = nil, conditions: Conditions? = nil, activation: Activation,
    engine: Engine
  ) {
    let kernels = engine.kernels
    guard engine.products != .openBLAS else {
      let sums = values ?? outputs
      sums.formProduct(input, weight, transposeB: true, engine: engine)
      unsafe kernels.finishLayer(
        sums.rows, sums.columns, sums.base, sums.stride, bias.start, scales?.start,
        conditions?.base, activation.number, outputs.base, derivatives?.base)
      return
    }
    let scratch = ThreadScratch.buffer(capacity: kernels.multiplyScratch)
    unsafe kernels.forwardLayer(
      input.rows, weight.rows, weight.columns, input.start, input.stride, weight.start,
      packed.start, bias.start, scales?.start, conditions?.base, activation.number,
      values?.base, outputs.base, derivatives?.base, outputCopies?.base, outputs.stride,
      scratch.floats)
  }

  /// Computes `stream = stream + φ(input weightᵀ + bias + shifts[c])` and `outputs = φ(stream)`.
  ///
  /// Without shifts, `stream = input weightᵀ + bias`.
  func formResidualOutputs(
    _ input: MatrixHandle<Float>, weight: MatrixHandle<Float>, packed: MatrixHandle<Float>,
    bias: MatrixHandle<Float>,
    conditions: Conditions, activation: Activation, engine: Engine
  ) {
    guard let stream else { requirementFailure("ResidualLinear: the buffers have no stream") }
    let kernels = engine.kernels
    guard engine.products != .openBLAS else {
      outputs.formProduct(input, weight, transposeB: true, engine: engine)
      unsafe kernels.finishResidual(
        outputs.rows, outputs.columns, outputs.base, outputs.stride, bias.start, shifts?.start,
        shifts?.stride ?? 0, conditions.base, activation.number, stream.base,
        innerDerivatives?.base, derivatives?.base)
      return
    }
    let scratch = ThreadScratch.buffer(capacity: kernels.multiplyScratch)
    unsafe kernels.forwardResidual(
      input.rows, weight.rows, weight.columns, input.start, input.stride, weight.start,
      packed.start, bias.start, shifts?.start, shifts?.stride ?? 0, conditions.base,
      activation.number, stream.base, outputs.base, innerDerivatives?.base, derivatives?.base,
      outputCopies?.base, outputs.stride, scratch.floats)
  }

  /// Computes `inputGradients = gradients weight` and applies `epilogue` to it.
  func formInputGradients(
    _ inputGradients: MatrixHandle<Float>, weight: MatrixHandle<Float>, epilogue: BackwardEpilogue,
    engine: Engine
  ) {
    let kernels = engine.kernels
    guard engine.products != .openBLAS else {
      inputGradients.formProduct(gradients, weight, engine: engine)
      epilogue.apply(to: inputGradients, engine: engine)
      return
    }
    epilogue.check(inputGradients)
    let scratch = ThreadScratch.buffer(capacity: kernels.multiplyScratch)
    if let derivatives = epilogue.derivatives, let streamGradients = epilogue.streamGradients {
      unsafe kernels.backwardResidual(
        gradients.rows, weight.columns, weight.rows, gradients.start, gradients.stride,
        weight.start, derivatives.start, epilogue.innerDerivatives?.start, streamGradients.base,
        epilogue.addsStreamGradients, inputGradients.base, epilogue.gradientCopies?.base,
        inputGradients.stride, scratch.floats)
      return
    }
    unsafe kernels.backwardLayer(
      gradients.rows, weight.columns, weight.rows, gradients.start, gradients.stride,
      weight.start, epilogue.derivatives?.start, epilogue.scales?.start,
      epilogue.conditions?.base, epilogue.values?.start, epilogue.scaleGradients?.base,
      inputGradients.base, epilogue.gradientCopies?.base, inputGradients.stride, scratch.floats)
  }
}

extension Engine {
  /// Returns the number of floats of a packed weight, outputs × inputs.
  func packedCount(outputs: Int, inputs: Int) -> Int {
    products == .openBLAS ? 0 : kernels.packedWeights(outputs, inputs)
  }

  /// Packs `weight`, outputs × inputs, unless OpenBLAS computes the products.
  func pack(_ weight: MatrixHandle<Float>, into packed: MatrixHandle<Float>) {
    if products == .openBLAS { return }
    unsafe kernels.packWeights(
      weight.rows, weight.columns, weight.start, weight.stride, packed.base)
  }
}
