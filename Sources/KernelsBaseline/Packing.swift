// Copies of blocks of the factors in the order in which the tiles read them.

/// Packs `inner` × `columns` of op(B) into panels of `tileColumns` columns: panel after panel, in
/// each the rows one after the other. The last panel is filled up with zeros.
func packColumns(
  _ transposed: Bool, _ columns: Int, _ inner: Int, _ b: Input, _ stride: Int, _ packed: Output
) {
  var column = 0
  while column < columns {
    let panel = unsafe packed + column &* inner
    let width = min(tileColumns, columns &- column)
    if transposed {
      unsafe packTransposed(width, inner, b + column &* stride, stride, panel)
    } else if width == tileColumns {
      for k in 0..<inner {
        let source = unsafe b + (k &* stride &+ column)
        unsafe store(load(source), panel + k &* tileColumns)
        unsafe store(load(source + lanes), panel + (k &* tileColumns &+ lanes))
      }
    } else {
      for k in 0..<inner {
        let source = unsafe b + (k &* stride &+ column)
        let target = unsafe panel + k &* tileColumns
        for j in 0..<width { unsafe target[j] = source[j] }
        for j in width..<tileColumns { unsafe target[j] = 0 }
      }
    }
    column &+= tileColumns
  }
}

/// One panel from rows of B that become columns.
private func packTransposed(
  _ width: Int, _ inner: Int, _ b: Input, _ stride: Int, _ panel: Output
) {
  for j in 0..<width {
    let source = unsafe b + j &* stride
    for k in 0..<inner { unsafe panel[k &* tileColumns &+ j] = source[k] }
  }
  for j in width..<tileColumns {
    for k in 0..<inner { unsafe panel[k &* tileColumns &+ j] = 0 }
  }
}

/// Packs `rows` × `inner` of op(A) into panels of `tileRows` rows: panel after panel, in each the
/// columns one after the other. The last panel is filled up with zeros.
func packRows(
  _ rows: Int, _ inner: Int, _ a: Input, _ rowStep: Int, _ innerStep: Int, _ packed: Output
) {
  var row = 0
  while row < rows {
    let panel = unsafe packed + row &* inner
    let height = min(tileRows, rows &- row)
    for i in 0..<height {
      let source = unsafe a + (row &+ i) &* rowStep
      for k in 0..<inner { unsafe panel[k &* tileRows &+ i] = source[k &* innerStep] }
    }
    for i in height..<tileRows {
      for k in 0..<inner { unsafe panel[k &* tileRows &+ i] = 0 }
    }
    row &+= tileRows
  }
}
