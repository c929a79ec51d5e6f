#if !KERNELS_OMITTED
// The micro-kernel: a tile of sums that stays in registers for a whole block of the inner dimension. All
// tiles sum each element in ascending order, one multiply-add per step, so that an element has the same bits
// in a tile of any shape.

#if KERNELS_AVX512
/// The number of rows of the tallest tile: 12 × 2 sums, two vectors of B and a broadcast fill the registers.
let tileRows = 12
private let middleRows = 8
private let lowRows = 4
#else
let tileRows = 6
private let middleRows = 4
private let lowRows = 2
#endif

/// The number of columns of a tile.
let tileColumns = 2 * lanes

/// Returns the height of the next tile if `rows` rows are left.
///
/// In panels of packed rows, all tiles except the last are tall. Otherwise, two middle tiles take less time
/// than a tall and a low one.
@inline(__always)
func tileHeight(_ rows: Int, inPanels: Bool) -> Int {
  if rows > middleRows {
    return !inPanels && rows > tileRows && rows <= 2 * middleRows ? middleRows : tileRows
  }
  return rows > lowRows ? middleRows : lowRows
}

/// Computes `tile[i, j] = Σ_k A[i, k] B[k, j]` over `inner` steps, for `height` rows.
///
/// `height` comes from `tileHeight`; a tile has `tileColumns` columns. With `adds`, the sums are added to
/// `tile`. `A[i, k]` is at `a[i * rowStep + k * innerStep]`, `B[k, j]` at `b[k * strideB + j]`.
@inline(__always)
func sumTile(
  _ height: Int, _ inner: Int, _ a: Input, _ rowStep: Int, _ innerStep: Int, _ b: Input,
  _ strideB: Int, _ adds: Bool, _ tile: Output, _ stride: Int
) {
  if height == tileRows {
    unsafe sumTallTile(inner, a, rowStep, innerStep, b, strideB, adds, tile, stride)
  } else if height == middleRows {
    unsafe sumMiddleTile(inner, a, rowStep, innerStep, b, strideB, adds, tile, stride)
  } else {
    unsafe sumLowTile(inner, a, rowStep, innerStep, b, strideB, adds, tile, stride)
  }
}

@inline(never)
private func sumTallTile(
  _ inner: Int, _ a: Input, _ rowStep: Int, _ innerStep: Int, _ b: Input, _ strideB: Int,
  _ adds: Bool, _ tile: Output, _ stride: Int
) {
  unsafe sumTile(of: tileRows, inner, a, rowStep, innerStep, b, strideB, adds, tile, stride)
}

@inline(never)
private func sumMiddleTile(
  _ inner: Int, _ a: Input, _ rowStep: Int, _ innerStep: Int, _ b: Input, _ strideB: Int,
  _ adds: Bool, _ tile: Output, _ stride: Int
) {
  unsafe sumTile(of: middleRows, inner, a, rowStep, innerStep, b, strideB, adds, tile, stride)
}

@inline(never)
private func sumLowTile(
  _ inner: Int, _ a: Input, _ rowStep: Int, _ innerStep: Int, _ b: Input, _ strideB: Int,
  _ adds: Bool, _ tile: Output, _ stride: Int
) {
  unsafe sumTile(of: lowRows, inner, a, rowStep, innerStep, b, strideB, adds, tile, stride)
}

/// Computes a tile of `rows` rows.
///
/// `rows` is a constant where the function is inlined, so the compiler unrolls the inner loop and keeps the
/// sums in registers.
@inline(__always)
private func sumTile(
  of rows: Int, _ inner: Int, _ a: Input, _ rowStep: Int, _ innerStep: Int, _ b: Input,
  _ strideB: Int, _ adds: Bool, _ tile: Output, _ stride: Int
) {
  var sums = noSums()
  var a = unsafe a
  var b = unsafe b
  for _ in 0..<inner {
    let left = unsafe load(b)
    let right = unsafe load(b + lanes)
    for i in 0..<rows {
      let factor = unsafe FloatVector(repeating: a[i &* rowStep])
      unsafe sums[unchecked: 2 &* i] = multiplyAdd(factor, left, sums[unchecked: 2 &* i])
      unsafe sums[unchecked: 2 &* i &+ 1] = multiplyAdd(
        factor, right, sums[unchecked: 2 &* i &+ 1])
    }
    unsafe a += innerStep
    unsafe b += strideB
  }
  // Two loops, because a branch inside one loop would move the sums to memory.
  if adds {
    for i in 0..<rows {
      let left = unsafe tile + i &* stride
      unsafe store(load(left) + sums[unchecked: 2 &* i], left)
      unsafe store(load(left + lanes) + sums[unchecked: 2 &* i &+ 1], left + lanes)
    }
  } else {
    for i in 0..<rows {
      let left = unsafe tile + i &* stride
      unsafe store(sums[unchecked: 2 &* i], left)
      unsafe store(sums[unchecked: 2 &* i &+ 1], left + lanes)
    }
  }
}

#if KERNELS_AVX512
private typealias TileSums = InlineArray<24, FloatVector>
#else
private typealias TileSums = InlineArray<12, FloatVector>
#endif

/// Returns sums of zero.
///
/// The value is a literal because `InlineArray(repeating:)` may become a weak function, which the linker
/// takes from any of the levels.
@inline(__always)
private func noSums() -> TileSums {
  let o = FloatVector.zero
  #if KERNELS_AVX512
  return [o, o, o, o, o, o, o, o, o, o, o, o, o, o, o, o, o, o, o, o, o, o, o, o]
  #else
  return [o, o, o, o, o, o, o, o, o, o, o, o]
  #endif
}
#endif
