// The register-blocked product, after Goto & van de Geijn ("Anatomy of high-performance matrix
// multiplication", ACM TOMS 34, 2008) and BLIS: panels of op(B) are packed so that a tile reads
// them in order; a tile of C stays in registers for a whole block of the inner dimension.

#if KERNELS_AVX512
/// Rows of C in a tile. 12 × 2 accumulators, two vectors of B and a broadcast fill the registers.
let tileRows = 12
/// Rows of op(A) that are packed together: a block of `rowBlock` × `innerBlock` stays in L2.
private let rowBlock = 240
#else
let tileRows = 6
private let rowBlock = 120
#endif

/// Columns of C in a tile.
let tileColumns = 2 * lanes
/// How much of the inner dimension is summed in registers.
private let innerBlock = 384
/// Columns of op(B) that are packed together: a multiple of every `tileColumns`.
private let columnBlock = 1024

/// Packed A, packed B, one padded tile of C.
let multiplyScratch =
  rowBlock * innerBlock + innerBlock * columnBlock + tileRows * tileColumns

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
  let packedA = unsafe scratch
  let packedB = unsafe scratch + rowBlock &* innerBlock
  let spareTile = unsafe packedB + innerBlock &* columnBlock
  let rowStep = transposeA ? 1 : strideA
  let innerStep = transposeA ? strideA : 1

  var firstColumn = 0
  while firstColumn < columns {
    let columnCount = min(columnBlock, columns &- firstColumn)
    var firstInner = 0
    while firstInner < inner {
      let innerCount = min(innerBlock, inner &- firstInner)
      // Only the first block scales what C held; the others add to it.
      let blockBeta = firstInner == 0 ? beta : 1
      let sourceB =
        unsafe b
        + (transposeB
          ? firstColumn &* strideB &+ firstInner : firstInner &* strideB &+ firstColumn)
      if columns <= narrowColumns {
        unsafe multiplyNarrow(
          rows, columns, innerCount, alpha, a + firstInner &* innerStep, rowStep, innerStep,
          transposeB, sourceB, strideB, blockBeta, c, strideC, packedA, packedB, spareTile)
        firstInner &+= innerBlock
        continue
      }
      unsafe packColumns(transposeB, columnCount, innerCount, sourceB, strideB, packedB)

      var firstRow = 0
      while firstRow < rows {
        let rowCount = min(rowBlock, rows &- firstRow)
        let sourceA = unsafe a + (firstRow &* rowStep &+ firstInner &* innerStep)
        // Packing A pays where its rows would otherwise be read again and again from far away.
        let packs = columnCount > 4 &* tileColumns && rows &* inner > 32_768
        if packs {
          unsafe packRows(rowCount, innerCount, sourceA, rowStep, innerStep, packedA)
        }
        var column = 0
        while column < columnCount {
          let tileB = unsafe packedB + column &* innerCount
          var row = 0
          while row < rowCount {
            let height = min(tileRows, rowCount &- row)
            let width = min(tileColumns, columnCount &- column)
            let target =
              unsafe c
              + ((firstRow &+ row) &* strideC &+ firstColumn &+ column)
            if packs {
              unsafe multiplyTile(
                innerCount, packedA + row &* innerCount, 1, tileRows, tileB, alpha, blockBeta,
                target, strideC, height, width, spareTile)
            } else if height == tileRows {
              unsafe multiplyTile(
                innerCount, sourceA + row &* rowStep, rowStep, innerStep, tileB, alpha, blockBeta,
                target, strideC, height, width, spareTile)
            } else {
              if column == 0 {
                unsafe packRows(
                  height, innerCount, sourceA + row &* rowStep, rowStep, innerStep, packedA)
              }
              unsafe multiplyTile(
                innerCount, packedA, 1, tileRows, tileB, alpha, blockBeta,
                target, strideC, height, width, spareTile)
            }
            row &+= tileRows
          }
          column &+= tileColumns
        }
        firstRow &+= rowBlock
      }
      firstInner &+= innerBlock
    }
    firstColumn &+= columnBlock
  }
}

/// `C = beta C`, without reading `C` when beta is zero.
private func scaleRows(_ rows: Int, _ columns: Int, _ beta: Float, _ c: Output, _ stride: Int) {
  for row in 0..<rows {
    let line = unsafe c + row &* stride
    if beta == 0 {
      unsafe line.update(repeating: 0, count: columns)
    } else {
      unsafe scale(columns, beta, Input(line), line)
    }
  }
}

/// One tile: `C[height × width] = alpha A B + beta C`, over `inner` steps.
///
/// `A[i, k]` lies at `a[i * rowStep + k * innerStep]`, `tileRows` rows of it may be read; `b` is a
/// packed panel. A tile that sticks out of C is computed whole and copied in part, so that its
/// elements are the same bits as in any other tile.
private func multiplyTile(
  _ inner: Int, _ a: Input, _ rowStep: Int, _ innerStep: Int, _ b: Input,
  _ alpha: Float, _ beta: Float, _ c: Output, _ strideC: Int, _ height: Int, _ width: Int,
  _ spareTile: Output
) {
  var sums = noSums()
  var a = unsafe a
  var b = unsafe b
  for _ in 0..<inner {
    let left = unsafe load(b)
    let right = unsafe load(b + lanes)
    for i in 0..<tileRows {
      let factor = unsafe FloatVector(repeating: a[i &* rowStep])
      unsafe sums[unchecked: 2 &* i] = multiplyAdd(factor, left, sums[unchecked: 2 &* i])
      unsafe sums[unchecked: 2 &* i &+ 1] = multiplyAdd(
        factor, right, sums[unchecked: 2 &* i &+ 1])
    }
    unsafe a += innerStep
    unsafe b += tileColumns
  }

  let whole = height == tileRows && width == tileColumns
  if whole && alpha == 1 && beta == 0 {
    for i in 0..<tileRows {
      unsafe store(sums[unchecked: 2 &* i], c + i &* strideC)
      unsafe store(sums[unchecked: 2 &* i &+ 1], c + (i &* strideC &+ lanes))
    }
    return
  }
  for i in 0..<tileRows {
    unsafe store(sums[unchecked: 2 &* i], spareTile + i &* tileColumns)
    unsafe store(sums[unchecked: 2 &* i &+ 1], spareTile + (i &* tileColumns &+ lanes))
  }
  for i in 0..<height {
    unsafe addScaledRow(width, alpha, Input(spareTile + i &* tileColumns), beta, c + i &* strideC)
  }
}

/// `y = alpha x + beta y`, without reading `y` when beta is zero.
@inline(__always)
func addScaledRow(_ count: Int, _ alpha: Float, _ x: Input, _ beta: Float, _ y: Output) {
  let alphas = FloatVector(repeating: alpha)
  let betas = FloatVector(repeating: beta)
  if beta == 0 {
    unsafe map(count, x, y) { alphas * $0 }
  } else {
    unsafe combine(count, x, Input(y), y) { multiplyAdd(alphas, $0, betas * $1) }
  }
}

#if KERNELS_AVX512
private typealias TileSums = InlineArray<24, FloatVector>
#else
private typealias TileSums = InlineArray<12, FloatVector>
#endif

/// Sums before anything is added.
///
/// A literal: `InlineArray(repeating:)` may become a weak function, which the linker takes from any
/// of the levels.
@inline(__always)
private func noSums() -> TileSums {
  let o = FloatVector.zero
  #if KERNELS_AVX512
  return [o, o, o, o, o, o, o, o, o, o, o, o, o, o, o, o, o, o, o, o, o, o, o, o]
  #else
  return [o, o, o, o, o, o, o, o, o, o, o, o]
  #endif
}
