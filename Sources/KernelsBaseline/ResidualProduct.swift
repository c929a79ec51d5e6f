// The product of a layer on a residual stream and what surrounds it, in one pass, as in
// `LayerProduct.swift`.

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
      rows, outputWidth, outputs, stride, bias, shifts, strideShifts, conditions,
      activation, stream, outputs, innerDerivatives, derivatives, copies, stride)
    return
  }
  unsafe forEachTile(
    rows, outputWidth, inputWidth, inputs, strideInputs, 1, packed, 0, panelsOfB, outputs, stride,
    scratch
  ) { first, last in
    last ? nil : !first
  } finish: { row, column, height, width, first, last, tile in
    let start = row &* stride &+ column
    let more = unsafe first ? nil : Input(outputs + start)
    guard last else {
      return unsafe addSums(height, width, tile, more, outputs + start, stride)
    }
    if let more = unsafe more { unsafe addToTile(height, width, tile, more, stride) }
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
  unsafe forEachTile(
    rows, inputWidth, outputWidth, gradients, strideGradients, 1, weights, inputWidth, rowsOfB,
    inputGradients, stride, scratch
  ) { first, last in
    last ? nil : !first
  } finish: { row, column, height, width, first, last, tile in
    let start = row &* stride &+ column
    let more = unsafe first ? nil : Input(inputGradients + start)
    guard last else {
      return unsafe addSums(height, width, tile, more, inputGradients + start, stride)
    }
    if let more = unsafe more { unsafe addToTile(height, width, tile, more, stride) }
    unsafe unfinishResidualRows(
      height, width, Input(tile), tileColumns, derivatives + start,
      innerDerivatives.map { unsafe $0 + start }, streamGradients + start, adds,
      inputGradients + start, copies.map { unsafe $0 + start }, stride)
  }
}

/// `tile = tile + more`, where rows of `more` are `stride` apart: the sums of earlier blocks.
private func addToTile(
  _ height: Int, _ width: Int, _ tile: Output, _ more: Input, _ stride: Int
) {
  for i in 0..<height {
    let sums = unsafe tile + i &* tileColumns
    unsafe combine(width, Input(sums), more + i &* stride, sums) { $0 + $1 }
  }
}
