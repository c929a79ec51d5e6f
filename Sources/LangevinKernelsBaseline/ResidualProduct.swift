#if !KERNELS_OMITTED
// The product of a layer on a residual stream and its epilogue in one pass, as in `LayerProduct.swift`.

func forwardResidual(
  _ rows: Int, _ outputWidth: Int, _ inputWidth: Int, _ inputs: Input, _ strideInputs: Int,
  _ weights: Input, _ packed: Input, _ bias: Input, _ shifts: Input?, _ strideShifts: Int,
  _ conditions: UnsafePointer<Int32>, _ activation: Int, _ stream: Output, _ outputs: Output,
  _ innerDerivatives: Output?, _ derivatives: Output?, _ copies: Output?, _ stride: Int,
  _ scratch: Output
) {
  if outputWidth <= narrowColumns {
    unsafe multiplyNarrow(
      rows, outputWidth, inputWidth, 1, inputs, strideInputs, weights, inputWidth, 0, outputs,
      stride)
    unsafe finishResidualRows(
      rows, outputWidth, outputs, stride, bias, shifts, strideShifts, conditions, activation,
      stream, outputs, innerDerivatives, derivatives, copies, stride)
    return
  }
  unsafe forEachWholeSum(
    rows, outputWidth, inputWidth, inputs, strideInputs, packed, 0, panelsOfB, outputs, stride,
    scratch
  ) { row, column, height, width, tile in
    let start = row &* stride &+ column
    unsafe finishResidualRows(
      height, width, tile, tileColumns, bias + column, shifts.map { unsafe $0 + column },
      strideShifts, conditions + row, activation, stream + start, outputs + start,
      innerDerivatives.map { unsafe $0 + start }, derivatives.map { unsafe $0 + start },
      copies.map { unsafe $0 + start }, stride)
  }
}

func backwardResidual(
  _ rows: Int, _ inputWidth: Int, _ outputWidth: Int, _ gradients: Input, _ strideGradients: Int,
  _ weights: Input, _ derivatives: Input, _ innerDerivatives: Input?, _ streamGradients: Output,
  _ adds: Bool, _ inputGradients: Output, _ copies: Output?, _ stride: Int, _ scratch: Output
) {
  unsafe forEachWholeSum(
    rows, inputWidth, outputWidth, gradients, strideGradients, weights, inputWidth, rowsOfB,
    inputGradients, stride, scratch
  ) { row, column, height, width, tile in
    let start = row &* stride &+ column
    unsafe unfinishResidualRows(
      height, width, Input(tile), tileColumns, derivatives + start,
      innerDerivatives.map { unsafe $0 + start }, streamGradients + start, adds,
      inputGradients + start, copies.map { unsafe $0 + start }, stride)
  }
}
#endif
