// The product for a few columns, such as a layer's whose outputs are points of the plane: in
// `tileColumns` of them nearly all work would be for columns that are not there.

/// Up to how many columns a product is narrow.
let narrowColumns = 4

/// `C[rows × columns] = alpha op(A) op(B) + beta C` for one block of the inner dimension, with at
/// most `narrowColumns` columns.
///
/// The arguments are those of `multiply`. Each element is summed as in a tile of it, and comes out
/// the same bits. `packedA` has room for `tileRows` × `inner`, `packedB` for `narrowColumns` ×
/// `inner` floats.
func multiplyNarrow(
  _ rows: Int, _ columns: Int, _ inner: Int, _ alpha: Float, _ a: Input, _ rowStep: Int,
  _ innerStep: Int, _ transposeB: Bool, _ b: Input, _ strideB: Int, _ beta: Float, _ c: Output,
  _ strideC: Int, _ packedA: Output, _ packedB: Output, _ spareTile: Output
) {
  for k in 0..<inner {
    for j in 0..<narrowColumns {
      unsafe packedB[k &* narrowColumns &+ j] =
        j < columns ? (transposeB ? b[j &* strideB &+ k] : b[k &* strideB &+ j]) : 0
    }
  }
  var row = 0
  while row < rows {
    let height = min(tileRows, rows &- row)
    let source = unsafe a + row &* rowStep
    let target = unsafe c + row &* strideC
    if height == tileRows {
      unsafe multiplyNarrowTile(
        inner, source, rowStep, innerStep, packedB, alpha, beta, target, strideC, height, columns,
        spareTile)
    } else {
      unsafe packRows(height, inner, source, rowStep, innerStep, packedA)
      unsafe multiplyNarrowTile(
        inner, packedA, 1, tileRows, packedB, alpha, beta, target, strideC, height, columns,
        spareTile)
    }
    row &+= tileRows
  }
}

/// As `multiplyTile`, with four lanes for the columns.
private func multiplyNarrowTile(
  _ inner: Int, _ a: Input, _ rowStep: Int, _ innerStep: Int, _ b: Input,
  _ alpha: Float, _ beta: Float, _ c: Output, _ strideC: Int, _ height: Int, _ width: Int,
  _ spareTile: Output
) {
  var sums = noNarrowSums()
  var a = unsafe a
  var b = unsafe b
  for _ in 0..<inner {
    let right = unsafe loadFour(b)
    for i in 0..<tileRows {
      let factor = unsafe SIMD4<Float>(repeating: a[i &* rowStep])
      unsafe sums[unchecked: i] = multiplyAddFour(factor, right, sums[unchecked: i])
    }
    unsafe a += innerStep
    unsafe b += narrowColumns
  }
  for i in 0..<tileRows {
    unsafe storeFour(sums[unchecked: i], spareTile + i &* narrowColumns)
  }
  for i in 0..<height {
    let sum = unsafe spareTile + i &* narrowColumns
    let target = unsafe c + i &* strideC
    if alpha == 1 && beta == 0 {
      for j in 0..<width { unsafe target[j] = sum[j] }
    } else {
      unsafe addScaledRow(width, alpha, Input(sum), beta, target)
    }
  }
}

/// `a * b + c`, rounded as the `multiplyAdd` of this level rounds.
@inline(__always)
private func multiplyAddFour(
  _ a: SIMD4<Float>, _ b: SIMD4<Float>, _ c: SIMD4<Float>
) -> SIMD4<Float> {
  #if KERNELS_BASELINE && arch(x86_64)
  a * b + c
  #else
  c.addingProduct(a, b)
  #endif
}

#if KERNELS_AVX512
private typealias NarrowSums = InlineArray<12, SIMD4<Float>>
#else
private typealias NarrowSums = InlineArray<6, SIMD4<Float>>
#endif

/// Sums before anything is added.
///
/// A literal: `InlineArray(repeating:)` may become a weak function, which the linker takes from any
/// of the levels.
@inline(__always)
private func noNarrowSums() -> NarrowSums {
  let o = SIMD4<Float>.zero
  #if KERNELS_AVX512
  return [o, o, o, o, o, o, o, o, o, o, o, o]
  #else
  return [o, o, o, o, o, o]
  #endif
}
