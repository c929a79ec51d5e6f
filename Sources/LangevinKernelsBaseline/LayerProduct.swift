#if !KERNELS_OMITTED
// A layer's product and its epilogue in one pass: the epilogue works on a tile of sums that is still in the
// first-level cache. See `KernelTable` for the formulas.

import CLangevinMachine

/// Returns the number of floats that `packWeights` writes.
///
/// It is 0 for a narrow product, which reads the weights unpacked.
func packedWeights(_ outputs: Int, _ inputs: Int) -> Int {
  outputs <= narrowColumns ? 0 : packedCount(outputs, inputs)
}

func packWeights(
  _ outputs: Int, _ inputs: Int, _ weights: Input, _ stride: Int, _ packed: Output
) {
  if outputs > narrowColumns { unsafe packFactor(outputs, inputs, weights, stride, packed) }
}

func forwardLayer(
  _ rows: Int, _ outputWidth: Int, _ inputWidth: Int, _ inputs: Input, _ strideInputs: Int,
  _ weights: Input, _ packed: Input, _ bias: Input?, _ scales: Input?,
  _ conditions: UnsafePointer<Int32>?, _ activation: Int, _ values: Output?, _ outputs: Output,
  _ derivatives: Output?, _ copies: Output?, _ stride: Int, _ scratch: Output
) {
  if let scales = unsafe scales, let conditions = unsafe conditions, unsafe copies != nil {
    unsafe prefetchRows(rows, outputWidth, scales, conditions)
  }
  if outputWidth <= narrowColumns {
    let sums = unsafe values ?? outputs
    unsafe multiplyNarrow(
      rows, outputWidth, inputWidth, 1, inputs, strideInputs, weights, inputWidth, 0, sums, stride)
    unsafe finishRows(
      rows, outputWidth, Input(sums), stride, bias, scales, outputWidth, conditions, activation,
      values, outputs, derivatives, copies, stride)
    return
  }
  unsafe forEachWholeSum(
    rows, outputWidth, inputWidth, inputs, strideInputs, packed, 0, panelsOfB, outputs, stride,
    scratch
  ) { row, column, height, width, tile in
    let start = row &* stride &+ column
    unsafe finishRows(
      height, width, Input(tile), tileColumns, bias.map { unsafe $0 + column },
      scales.map { unsafe $0 + column }, outputWidth, conditions.map { unsafe $0 + row },
      activation, values.map { unsafe $0 + start }, outputs + start,
      derivatives.map { unsafe $0 + start }, copies.map { unsafe $0 + start }, stride)
  }
}

/// Fetches the rows of `table` that `conditions` select.
///
/// Other cores may have written them past the caches, and the processor cannot predict their order.
private func prefetchRows(
  _ rows: Int, _ columns: Int, _ table: Input, _ conditions: UnsafePointer<Int32>
) {
  for row in 0..<rows {
    unsafe prefetch(1, columns, table + Int(conditions[row]) &* columns, columns)
  }
}

func prefetch(_ rows: Int, _ columns: Int, _ x: Input, _ rowStride: Int) {
  for row in 0..<rows {
    let line = unsafe x + row &* rowStride
    for column in stride(from: 0, to: columns, by: 16) { unsafe langevin_fetch(line + column) }
  }
}

func backwardLayer(
  _ rows: Int, _ inputWidth: Int, _ outputWidth: Int, _ gradients: Input, _ strideGradients: Int,
  _ weights: Input, _ derivatives: Input?, _ scales: Input?,
  _ conditions: UnsafePointer<Int32>?, _ values: Input?, _ scaleGradients: Output?,
  _ inputGradients: Output, _ copies: Output?, _ stride: Int, _ scratch: Output
) {
  unsafe forEachWholeSum(
    rows, inputWidth, outputWidth, gradients, strideGradients, weights, inputWidth, rowsOfB,
    inputGradients, stride, scratch
  ) { row, column, height, width, tile in
    let start = row &* stride &+ column
    unsafe unfinishRows(
      height, width, Input(tile), tileColumns, derivatives.map { unsafe $0 + start },
      scales.map { unsafe $0 + column }, inputWidth, conditions.map { unsafe $0 + row },
      values.map { unsafe $0 + start }, scaleGradients.map { unsafe $0 + start },
      inputGradients + start, copies.map { unsafe $0 + start }, stride)
  }
}

/// Like `forEachTile`, but calls `finish(row, column, height, width, tile)` only with complete sums.
///
/// Partial sums over the first blocks of the inner dimension accumulate in `c`.
@inline(__always)
func forEachWholeSum(
  _ rows: Int, _ columns: Int, _ inner: Int, _ a: Input, _ strideA: Int, _ b: Input, _ strideB: Int,
  _ order: OrderOfB, _ c: Output, _ strideC: Int, _ scratch: Output,
  finish: (Int, Int, Int, Int, Output) -> Void
) {
  unsafe forEachTile(
    rows, columns, inner, a, strideA, 1, b, strideB, order, c, strideC, scratch
  ) { first, last in
    last ? nil : !first
  } finish: { row, column, height, width, first, last, tile in
    if !(first && last) {
      unsafe gather(height, width, tile, c + (row &* strideC &+ column), strideC, first, last)
    }
    if last { unsafe finish(row, column, height, width, tile) }
  }
}

/// Adds the sums of earlier blocks, in `c`, to the sums of `tile`, except for the first block.
///
/// The result stays in `tile` for the last block and goes to `c` otherwise.
private func gather(
  _ height: Int, _ width: Int, _ tile: Output, _ c: Output, _ stride: Int, _ first: Bool,
  _ last: Bool
) {
  for i in 0..<height {
    let sums = unsafe tile + i &* tileColumns
    let earlier = unsafe c + i &* stride
    if first {
      unsafe map(width, Input(sums), earlier) { $0 }
    } else {
      unsafe combine(width, Input(sums), Input(earlier), last ? sums : earlier) { $0 + $1 }
    }
  }
}
#endif
