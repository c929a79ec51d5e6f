#if !KERNELS_OMITTED
// The tiled product, after Goto & van de Geijn ("Anatomy of high-performance matrix multiplication", ACM
// TOMS 34, 2008) and BLIS. The caller decides what to do with the sums of a tile.

import CLangevinMachine

#if KERNELS_AVX512
/// The number of rows of op(A) that are packed together: a block of `rowBlock` × `innerBlock` stays in L2.
private let rowBlock = 240
#else
private let rowBlock = 120
#endif

/// The length of the inner dimension that is summed in registers.
private let innerBlock = 384
/// The number of columns of op(B) that are packed together, a multiple of every level's `tileColumns`.
private let columnBlock = 2048

/// The number of floats of scratch memory that `forEachTile` needs: packed A, packed B and one tile.
let tileScratch = rowBlock * innerBlock + innerBlock * columnBlock + tileRows * tileColumns

/// The order of the elements of op(B) in memory.
///
/// For an enumeration, the compiler would generate functions whose names collide with those of other levels.
typealias OrderOfB = Int
/// The order with `op(B)[k, j]` at `b[k * stride + j]`.
let rowsOfB: OrderOfB = 0
/// The order with `op(B)[k, j]` at `b[j * stride + k]`.
let columnsOfB: OrderOfB = 1
/// The order that `packFactor` writes.
let panelsOfB: OrderOfB = 2

/// Returns the number of floats that `packFactor` writes.
func packedCount(_ columns: Int, _ inner: Int) -> Int {
  (columns &+ tileColumns &- 1) / tileColumns &* tileColumns &* inner
}

/// Packs a whole factor op(B) = Bᵀ, `inner` × `columns`, for `panelsOfB`.
///
/// The blocks of the inner dimension follow each other; within a block, so do the panels.
func packFactor(_ columns: Int, _ inner: Int, _ b: Input, _ stride: Int, _ packed: Output) {
  var firstInner = 0
  while firstInner < inner {
    let innerCount = min(innerBlock, inner &- firstInner)
    unsafe packColumns(
      true, columns, innerCount, b + firstInner, stride, packed + packedCount(columns, firstInner))
    firstInner &+= innerBlock
  }
}

/// Computes op(A) op(B), `rows` × `columns`, tile by tile and block by block of the inner dimension.
///
/// `op(A)[i, k]` is at `a[i * rowStep + k * innerStep]`. If a tile is whole and `direct(first, last)` is not
/// nil, its sums over one block go straight to `c`; if `direct` is true, they are added to `c`. Otherwise the
/// sums go to `finish(row, column, height, width, first, last, tile)`, where the rows of `tile` are
/// `tileColumns` apart. `first` and `last` say whether the block is the first or the last one. The blocks
/// depend only on `inner`, so computing some rows or columns of a product by themselves gives the same bits.
@inline(__always)
func forEachTile(
  _ rows: Int, _ columns: Int, _ inner: Int, _ a: Input, _ rowStep: Int, _ innerStep: Int,
  _ b: Input, _ strideB: Int, _ order: OrderOfB, _ c: Output, _ strideC: Int, _ scratch: Output,
  direct: (Bool, Bool) -> Bool?,
  finish: (Int, Int, Int, Int, Bool, Bool, Output) -> Void
) {
  let packedA = unsafe scratch
  let packedB = unsafe packedA + rowBlock &* innerBlock
  let spareTile = unsafe packedB + innerBlock &* columnBlock
  // Read B in place if its rows are in order, unless they are read so often that packing pays.
  let inPlace = order == rowsOfB && rows <= 256

  var firstColumn = 0
  while firstColumn < columns {
    let columnCount = order == panelsOfB ? columns : min(columnBlock, columns &- firstColumn)
    var firstInner = 0
    while firstInner < inner {
      let innerCount = min(innerBlock, inner &- firstInner)
      let (first, last) = (firstInner == 0, firstInner &+ innerCount == inner)
      let toC = direct(first, last)
      let sourceB =
        unsafe order == rowsOfB
        ? b + (firstInner &* strideB &+ firstColumn) : b + (firstColumn &* strideB &+ firstInner)
      if order != panelsOfB && !inPlace {
        unsafe packColumns(
          order == columnsOfB, columnCount, innerCount, sourceB, strideB, packedB)
      }
      var firstRow = 0
      while firstRow < rows {
        let rowCount = min(rowBlock, rows &- firstRow)
        let sourceA = unsafe a + (firstRow &* rowStep &+ firstInner &* innerStep)
        // Packing A pays if its rows would otherwise be read repeatedly from distant caches.
        let packsA = columnCount > 4 &* tileColumns && rows &* inner > 32_768
        if packsA {
          unsafe packRows(rowCount, innerCount, sourceA, rowStep, innerStep, packedA)
        }
        var column = 0
        while column < columnCount {
          let width = min(tileColumns, columnCount &- column)
          var panel = unsafe Input(packedB) + column &* innerCount
          var stepB = tileColumns
          if order == panelsOfB {
            unsafe panel = b + (packedCount(columns, firstInner) &+ column &* innerCount)
          } else if inPlace && width == tileColumns {
            unsafe panel = sourceB + column
            stepB = strideB
          } else if inPlace {
            unsafe panel = Input(packedB)
            unsafe packColumns(
              false, width, innerCount, sourceB + column, strideB, packedB)
          }
          var row = 0
          while row < rowCount {
            let left = rowCount &- row
            let height = tileHeight(left, inPanels: packsA)
            let used = min(height, left)
            var source = unsafe sourceA + row &* rowStep
            var (steps, innerSteps) = (rowStep, innerStep)
            if packsA {
              unsafe source = Input(packedA) + row &* innerCount
              (steps, innerSteps) = (1, tileRows)
            } else if used < height {
              // The tile reads more rows than are left, so pack them with padding.
              if column == 0 {
                unsafe packRows(used, innerCount, source, rowStep, innerStep, packedA)
              }
              unsafe source = Input(packedA)
              (steps, innerSteps) = (1, tileRows)
            }
            let target = unsafe c + ((firstRow &+ row) &* strideC &+ firstColumn &+ column)
            // Prefetch the tile of C, which may be far away, while the sums are computed.
            if firstInner > 0 || innerCount >= 256 {
              for i in 0..<used {
                for j in stride(from: 0, to: tileColumns, by: 16) {
                  unsafe langevin_prefetch(target + (i &* strideC &+ j))
                }
              }
            }
            if let adds = toC, used == height, width == tileColumns {
              unsafe sumTile(
                height, innerCount, source, steps, innerSteps, panel, stepB, adds,
                target, strideC)
            } else {
              unsafe sumTile(
                height, innerCount, source, steps, innerSteps, panel, stepB, false,
                spareTile, tileColumns)
              unsafe finish(
                firstRow &+ row, firstColumn &+ column, used, width, first, last, spareTile)
            }
            row &+= used
          }
          column &+= tileColumns
        }
        firstRow &+= rowBlock
      }
      firstInner &+= innerBlock
    }
    firstColumn &+= order == panelsOfB ? columns : columnBlock
  }
}
#endif
