#if !KERNELS_OMITTED
// Packing: copies of blocks of the factors in the order in which tiles read them.

/// Packs `inner` × `columns` of op(B) into panels of `tileColumns` columns, row by row within a panel.
///
/// Zeros pad the last panel.
func packColumns(
  _ transposed: Bool, _ columns: Int, _ inner: Int, _ b: Input, _ stride: Int, _ packed: Output
) {
  var column = 0
  while column < columns {
    let panel = unsafe packed + column &* inner
    let width = min(tileColumns, columns &- column)
    if transposed {
      unsafe transpose(width, inner, b + column &* stride, stride, panel, tileColumns)
    } else if width == tileColumns {
      for k in 0..<inner {
        let source = unsafe b + (k &* stride &+ column)
        unsafe store(load(source), panel + k &* tileColumns)
        unsafe store(load(source + lanes), panel + (k &* tileColumns &+ lanes))
      }
    } else {
      for k in 0..<inner {
        let source = unsafe b + (k &* stride &+ column)
        for j in 0..<width { unsafe panel[k &* tileColumns &+ j] = source[j] }
      }
    }
    if width < tileColumns {
      for k in 0..<inner {
        for j in width..<tileColumns { unsafe panel[k &* tileColumns &+ j] = 0 }
      }
    }
    column &+= tileColumns
  }
}

/// Packs `rows` × `inner` of op(A) into panels of `tileRows` rows, column by column within a panel.
///
/// Zeros pad the last panel.
func packRows(
  _ rows: Int, _ inner: Int, _ a: Input, _ rowStep: Int, _ innerStep: Int, _ packed: Output
) {
  var row = 0
  while row < rows {
    let panel = unsafe packed + row &* inner
    let height = min(tileRows, rows &- row)
    let source = unsafe a + row &* rowStep
    if innerStep == 1 {
      unsafe transpose(height, inner, source, rowStep, panel, tileRows)
    } else {
      for k in 0..<inner {
        for i in 0..<height {
          unsafe panel[k &* tileRows &+ i] = source[i &* rowStep &+ k &* innerStep]
        }
      }
    }
    for i in height..<tileRows {
      for k in 0..<inner { unsafe panel[k &* tileRows &+ i] = 0 }
    }
    row &+= tileRows
  }
}

/// Sets `target[k, i] = source[i, k]` for `i < rows`, `k < columns`, in blocks of 4 × 4, then 2 × 4.
func transpose(
  _ rows: Int, _ columns: Int, _ source: Input, _ sourceStride: Int, _ target: Output,
  _ targetStride: Int
) {
  var row = 0
  while row &+ 4 <= rows {
    let first = unsafe source + row &* sourceStride
    let column = unsafe target + row
    var k = 0
    while k &+ 4 <= columns {
      let a = unsafe loadFour(first + k)
      let b = unsafe loadFour(first + (sourceStride &+ k))
      let c = unsafe loadFour(first + (2 &* sourceStride &+ k))
      let d = unsafe loadFour(first + (3 &* sourceStride &+ k))
      let (ac, bd) = (interleaveLow(a, c), interleaveLow(b, d))
      let (acHigh, bdHigh) = (interleaveHigh(a, c), interleaveHigh(b, d))
      unsafe storeFour(interleaveLow(ac, bd), column + k &* targetStride)
      unsafe storeFour(interleaveHigh(ac, bd), column + (k &+ 1) &* targetStride)
      unsafe storeFour(interleaveLow(acHigh, bdHigh), column + (k &+ 2) &* targetStride)
      unsafe storeFour(interleaveHigh(acHigh, bdHigh), column + (k &+ 3) &* targetStride)
      k &+= 4
    }
    while k < columns {
      for i in 0..<4 { unsafe column[k &* targetStride &+ i] = first[i &* sourceStride &+ k] }
      k &+= 1
    }
    row &+= 4
  }
  if row &+ 2 <= rows {
    let first = unsafe source + row &* sourceStride
    let column = unsafe target + row
    var k = 0
    while k &+ 4 <= columns {
      let a = unsafe loadFour(first + k)
      let b = unsafe loadFour(first + (sourceStride &+ k))
      let (low, high) = (interleaveLow(a, b), interleaveHigh(a, b))
      unsafe storeTwo(low.lowHalf, column + k &* targetStride)
      unsafe storeTwo(low.highHalf, column + (k &+ 1) &* targetStride)
      unsafe storeTwo(high.lowHalf, column + (k &+ 2) &* targetStride)
      unsafe storeTwo(high.highHalf, column + (k &+ 3) &* targetStride)
      k &+= 4
    }
    while k < columns {
      for i in 0..<2 { unsafe column[k &* targetStride &+ i] = first[i &* sourceStride &+ k] }
      k &+= 1
    }
    row &+= 2
  }
  if row < rows {
    let line = unsafe source + row &* sourceStride
    for k in 0..<columns { unsafe target[k &* targetStride &+ row] = line[k] }
  }
}

@inline(__always)
private func interleaveLow(_ a: SIMD4<Float>, _ b: SIMD4<Float>) -> SIMD4<Float> {
  SIMD4(a[0], b[0], a[1], b[1])
}

@inline(__always)
private func interleaveHigh(_ a: SIMD4<Float>, _ b: SIMD4<Float>) -> SIMD4<Float> {
  SIMD4(a[2], b[2], a[3], b[3])
}

@inline(__always)
func loadFour(_ source: UnsafePointer<Float>) -> SIMD4<Float> {
  unsafe UnsafeRawPointer(source).loadUnaligned(as: SIMD4<Float>.self)
}

@inline(__always)
func storeFour(_ vector: SIMD4<Float>, _ destination: UnsafeMutablePointer<Float>) {
  unsafe UnsafeMutableRawPointer(destination).storeBytes(of: vector, as: SIMD4<Float>.self)
}

@inline(__always)
private func storeTwo(_ vector: SIMD2<Float>, _ destination: UnsafeMutablePointer<Float>) {
  unsafe UnsafeMutableRawPointer(destination).storeBytes(of: vector, as: SIMD2<Float>.self)
}
#endif
