#if !KERNELS_OMITTED
// Products and factorizations of many small matrices, which lie one after the other.

import CLangevinMachine

func multiplyStack(
  _ count: Int, _ rows: Int, _ columns: Int, _ inner: Int, _ a: RawInput, _ b: RawInput,
  _ c: RawOutput
) {
  let (a, b, c) = unsafe (elements(a), elements(b), elements(c))
  for i in 0..<count {
    // A vector that reaches beyond its row of B reads the next row or matrix, in memory that is there, except
    // at the very end.
    let end = (count &- i) &* inner &* columns
    unsafe multiplySmall(
      rows, columns, inner, a + i &* rows &* inner, b + i &* inner &* columns, end,
      c + i &* rows &* columns)
  }
}

/// Computes `C = A B` for contiguous matrices; `end` elements can be read from `b` on.
@inline(__always)
private func multiplySmall(
  _ rows: Int, _ columns: Int, _ inner: Int, _ a: Input, _ b: Input, _ end: Int, _ c: Output
) {
  var column = 0
  while column &+ 2 &* lanes <= columns {
    forEachStrip(rows, height: 4) { row, height in
      unsafe multiplyPair(
        height, columns, inner, a + row &* inner, b + column, c + (row &* columns &+ column))
    }
    column &+= 2 &* lanes
  }
  while column < columns {
    let width = min(lanes, columns &- column)
    // Rows of B from which a whole vector can be read.
    let rest = end &- column &- lanes
    let whole = rest < 0 ? 0 : min(inner, rest / columns &+ 1)
    forEachStrip(rows, height: 8) { row, height in
      unsafe multiplySingle(
        height, columns, inner, whole, width, a + row &* inner, b + column,
        c + (row &* columns &+ column))
    }
    column &+= lanes
  }
}

/// Calls `body` with the first row and the height of each strip of rows. The height is a constant, up to
/// `height`.
@inline(__always)
private func forEachStrip(_ rows: Int, height: Int, _ body: (Int, Int) -> Void) {
  var row = 0
  if height == 8 {
    while row &+ 8 <= rows {
      body(row, 8)
      row &+= 8
    }
  }
  while row &+ 4 <= rows {
    body(row, 4)
    row &+= 4
  }
  if row &+ 2 <= rows {
    body(row, 2)
    row &+= 2
  }
  if row < rows { body(row, 1) }
}

/// Computes `height` rows of C, a constant up to 4, in two vectors of columns.
@inline(__always)
private func multiplyPair(
  _ height: Int, _ columns: Int, _ inner: Int, _ a: Input, _ b: Input, _ c: Output
) {
  var left = InlineArray<4, ElementVector>(repeating: .zero)
  var right = InlineArray<4, ElementVector>(repeating: .zero)
  for k in 0..<inner {
    let line = unsafe b + k &* columns
    let (first, second) = unsafe (load(line), load(line + lanes))
    for i in 0..<height {
      let factor = unsafe all(a[i &* inner &+ k])
      unsafe left[unchecked: i] = multiplyAdd(factor, first, left[unchecked: i])
      unsafe right[unchecked: i] = multiplyAdd(factor, second, right[unchecked: i])
    }
  }
  for i in 0..<height {
    unsafe store(left[unchecked: i], c + i &* columns)
    unsafe store(right[unchecked: i], c + (i &* columns &+ lanes))
  }
}

/// Computes `height` rows of C, a constant up to 8, in `width` columns, at most a vector.
///
/// Whole vectors can be read from the first `whole` rows of B.
@inline(__always)
private func multiplySingle(
  _ height: Int, _ columns: Int, _ inner: Int, _ whole: Int, _ width: Int, _ a: Input,
  _ b: Input, _ c: Output
) {
  var sums = InlineArray<8, ElementVector>(repeating: .zero)
  for k in 0..<whole {
    let line = unsafe load(b + k &* columns)
    for i in 0..<height {
      unsafe sums[unchecked: i] = multiplyAdd(all(a[i &* inner &+ k]), line, sums[unchecked: i])
    }
  }
  for k in whole..<inner {
    let line = unsafe load(first: width, b + k &* columns)
    for i in 0..<height {
      unsafe sums[unchecked: i] = multiplyAdd(all(a[i &* inner &+ k]), line, sums[unchecked: i])
    }
  }
  for i in 0..<height {
    if width == lanes {
      unsafe store(sums[unchecked: i], c + i &* columns)
    } else {
      unsafe store(sums[unchecked: i], first: width, c + i &* columns)
    }
  }
}

func factorCholeskyStack(
  _ count: Int, _ order: Int, _ matrices: RawOutput, _ failedMinor: UnsafeMutablePointer<Int>
) -> Int {
  let matrices = unsafe elements(matrices)
  for i in 0..<count {
    let minor = unsafe langevin_factor_cholesky(order, matrices + i &* order &* order)
    if minor > 0 {
      unsafe failedMinor.pointee = minor
      return i
    }
  }
  return count
}

func factorLUStack(
  _ count: Int, _ order: Int, _ matrices: RawOutput, _ pivots: UnsafeMutablePointer<Int32>,
  _ failedPivot: UnsafeMutablePointer<Int>
) -> Int {
  let matrices = unsafe elements(matrices)
  for i in 0..<count {
    let pivot = unsafe langevin_factor_lu(
      order, matrices + i &* order &* order, pivots + i &* order)
    if pivot >= 0 {
      unsafe failedPivot.pointee = pivot
      return i
    }
  }
  return count
}

#endif
