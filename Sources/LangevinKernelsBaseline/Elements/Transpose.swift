#if !KERNELS_OMITTED
// The transpose of a matrix, a block of it at a time.

import CLangevinMachine

/// The number of columns of a block.
private let transposedColumns = 32

/// The number of rows of a block. Measured on Sapphire Rapids at 1000 × 1000 and 1024 × 1024: with `Double`, 128
/// rows take a third to two thirds of the time of 32; with `Float`, 32 take the least time.
private let transposedRows = MemoryLayout<Element>.size == 8 ? 128 : 32

/// The number of columns that are transposed in registers.
private let quarterLanes = 16 / MemoryLayout<Element>.size

func transpose(
  _ rows: Int, _ columns: Int, _ x: RawInput, _ stride: Int, _ y: RawOutput, _ strideY: Int
) {
  let (x, y) = unsafe (elements(x), elements(y))
  var row = 0
  while row < rows {
    let height = min(transposedRows, rows &- row)
    var column = 0
    while column < columns {
      let width = min(transposedColumns, columns &- column)
      unsafe transposeBlock(
        height, width, x + (row &* stride &+ column), stride, y + (column &* strideY &+ row),
        strideY)
      column &+= transposedColumns
    }
    row &+= transposedRows
  }
}

@inline(__always)
private func transposeBlock(
  _ rows: Int, _ columns: Int, _ x: Input, _ stride: Int, _ y: Output, _ strideY: Int
) {
  let wholeRows = rows &- rows % lanes
  let wholeColumns = columns &- columns % quarterLanes
  var column = 0
  while column < wholeColumns {
    var row = 0
    while row < wholeRows {
      unsafe langevin_transpose_block(
        x + (row &* stride &+ column), stride, y + (column &* strideY &+ row), strideY)
      row &+= lanes
    }
    column &+= quarterLanes
  }
  while column < columns {
    for row in 0..<wholeRows {
      unsafe y[column &* strideY &+ row] = x[row &* stride &+ column]
    }
    column &+= 1
  }
  for column in 0..<columns {
    for row in wholeRows..<rows {
      unsafe y[column &* strideY &+ row] = x[row &* stride &+ column]
    }
  }
}
#endif
