#if !KERNELS_OMITTED
// The tiled matrix product.

/// The number of floats of scratch memory that `multiply` needs.
let multiplyScratch = tileScratch

func multiply(
  _ transposeA: Bool, _ transposeB: Bool, _ rows: Int, _ columns: Int, _ inner: Int,
  _ alpha: Float, _ a: Input, _ strideA: Int, _ b: Input, _ strideB: Int,
  _ beta: Float, _ c: Output, _ strideC: Int, _ scratch: Output
) {
  if rows <= 0 || columns <= 0 { return }
  if inner <= 0 || alpha == 0 {
    unsafe scaleRows(rows, columns, beta, c, strideC)
    return
  }
  if columns <= narrowColumns {
    if transposeA {
      unsafe multiplyTransposed(
        transposeB, rows, columns, inner, alpha, a, strideA, b, strideB, beta, c, strideC, scratch)
      return
    }
    // Test the largest number of columns, so that the order of summation does not depend on `columns`.
    if transposeB || narrowColumns &* inner <= multiplyScratch {
      var (b, strideB) = unsafe (b, strideB)
      if !transposeB {
        unsafe transpose(inner, columns, b, strideB, scratch, inner)
        unsafe (b, strideB) = (Input(scratch), inner)
      }
      unsafe multiplyNarrow(
        rows, columns, inner, alpha, a, strideA, b, strideB, beta, c, strideC)
      return
    }
  }
  unsafe forEachTile(
    rows, columns, inner, a, transposeA ? 1 : strideA, transposeA ? strideA : 1, b, strideB,
    transposeB ? columnsOfB : rowsOfB, c, strideC, scratch
  ) { first, _ in
    if alpha != 1 || first && beta != 0 && beta != 1 { return nil }
    return !first || beta == 1
  } finish: { row, column, height, width, first, _, tile in
    for i in 0..<height {
      unsafe addScaledRow(
        width, alpha, Input(tile + i &* tileColumns), first ? beta : 1,
        c + ((row &+ i) &* strideC &+ column))
    }
  }
}

/// Computes the product as Cᵀ = alpha op(B)ᵀ A + beta Cᵀ, for few columns and many rows.
///
/// Vectors then hold rows of A.
private func multiplyTransposed(
  _ transposeB: Bool, _ rows: Int, _ columns: Int, _ inner: Int, _ alpha: Float, _ a: Input,
  _ strideA: Int, _ b: Input, _ strideB: Int, _ beta: Float, _ c: Output, _ strideC: Int,
  _ scratch: Output
) {
  unsafe forEachTile(
    columns, rows, inner, b, transposeB ? strideB : 1, transposeB ? 1 : strideB, a, strideA,
    rowsOfB, c, strideC, scratch
  ) { _, _ in
    nil
  } finish: { column, row, width, height, first, _, tile in
    for j in 0..<width {
      for i in 0..<height {
        let target = unsafe c + ((row &+ i) &* strideC &+ column &+ j)
        unsafe addScaledElement(alpha, tile[j &* tileColumns &+ i], first ? beta : 1, target)
      }
    }
  }
}

/// Computes `C = beta C`, without reading `C` if `beta` is zero.
private func scaleRows(_ rows: Int, _ columns: Int, _ beta: Float, _ c: Output, _ stride: Int) {
  for row in 0..<rows {
    let line = unsafe c + row &* stride
    if beta == 0 {
      unsafe line.update(repeating: 0, count: columns)
    } else {
      unsafe scale(columns, Double(beta), Input(line), line)
    }
  }
}

/// Computes `y = alpha x + beta y`, without reading `y` if `beta` is zero.
@inline(__always)
private func addScaledRow(_ count: Int, _ alpha: Float, _ x: Input, _ beta: Float, _ y: Output) {
  let alphas = FloatVector(repeating: alpha)
  let betas = FloatVector(repeating: beta)
  if beta == 0 {
    unsafe map(count, x, y) { alphas * $0 }
  } else {
    unsafe combine(count, x, Input(y), y) { multiplyAdd(alphas, $0, betas * $1) }
  }
}

/// Computes `y = alpha x + beta y` for one element, with the same rounding as `addScaledRow`.
@inline(__always)
func addScaledElement(_ alpha: Float, _ x: Float, _ beta: Float, _ y: Output) {
  if beta == 0 {
    unsafe y.pointee = alpha * x
  } else {
    #if KERNELS_BASELINE && arch(x86_64)
    unsafe y.pointee = alpha * x + beta * y.pointee
    #else
    unsafe y.pointee = (beta * y.pointee).addingProduct(alpha, x)
    #endif
  }
}
#endif
