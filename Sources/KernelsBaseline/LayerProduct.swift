// A layer's product and what surrounds it, in one pass: a tile of sums is finished while it is in
// the first-level cache. See `KernelTable` for the formulas.

import CacheControl

/// How many floats `packWeights` writes: none for a narrow product, which reads them where they are.
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
      rows, outputWidth, Input(sums), stride, nil, bias, scales, outputWidth, conditions,
      activation,
      values, outputs, derivatives, copies, stride)
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
    unsafe finishRows(
      height, width, Input(tile), tileColumns, more, bias.map { unsafe $0 + column },
      scales.map { unsafe $0 + column }, outputWidth, conditions.map { unsafe $0 + row },
      activation,
      values.map { unsafe $0 + start }, outputs + start, derivatives.map { unsafe $0 + start },
      copies.map { unsafe $0 + start }, stride)
  }
}

/// Fetches the rows of `table` that `conditions` name: other cores may have written them past the
/// caches, and they lie in no order that the processor could guess.
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
    unsafe unfinishRows(
      height, width, Input(tile), tileColumns, more, derivatives.map { unsafe $0 + start },
      scales.map { unsafe $0 + column }, inputWidth, conditions.map { unsafe $0 + row },
      values.map { unsafe $0 + start }, scaleGradients.map { unsafe $0 + start },
      inputGradients + start, copies.map { unsafe $0 + start }, stride)
  }
}

/// `y = tile + more`.
func addSums(
  _ height: Int, _ width: Int, _ tile: Output, _ more: Input?, _ y: Output, _ stride: Int
) {
  for i in 0..<height {
    let sums = unsafe Input(tile + i &* tileColumns)
    let target = unsafe y + i &* stride
    if let more = unsafe more {
      unsafe combine(width, sums, more + i &* stride, target) { $0 + $1 }
    } else {
      unsafe map(width, sums, target) { $0 }
    }
  }
}
