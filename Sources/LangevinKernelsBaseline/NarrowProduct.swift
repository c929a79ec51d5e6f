#if !KERNELS_OMITTED
// The product with few columns, as in a layer whose outputs are points of the plane. A tile of `tileColumns`
// columns would waste nearly all its work. Here, the lanes of a vector hold terms of one sum.

/// The largest number of columns of a narrow product.
let narrowColumns = 4

/// The number of rows that are summed together. With two columns, eight chains of additions hide each
/// other's latency.
private let groupRows = 4

#if KERNELS_BASELINE
private typealias NarrowVector = SIMD4<Float>
#else
// AVX-512 also uses 8 lanes: adding up 16 lanes takes longer than it saves.
private typealias NarrowVector = SIMD8<Float>
#endif
private let narrowLanes = NarrowVector.scalarCount

/// Computes `C[rows × columns] = alpha A B + beta C`, where `B[k, j]` is at `b[j * strideB + k]`.
///
/// Lane l sums every `narrowLanes`-th term from l on, and an element is the sum of the lanes. Its bits depend
/// only on its row of A and its column of B.
func multiplyNarrow(
  _ rows: Int, _ columns: Int, _ inner: Int, _ alpha: Float, _ a: Input, _ strideA: Int,
  _ b: Input, _ strideB: Int, _ beta: Float, _ c: Output, _ strideC: Int
) {
  var column = 0
  while column < columns {
    let left = unsafe b + column &* strideB
    // If a column or a row is missing, its neighbor is computed twice and stored once.
    let right = unsafe column &+ 1 < columns ? left + strideB : left
    var row = 0
    while row < rows {
      let height = min(groupRows, rows &- row)
      unsafe multiplyGroup(
        inner, a + row &* strideA, height > 1 ? strideA : 0, height > 2 ? 2 &* strideA : 0,
        height > 3 ? 3 &* strideA : 0, left, right, min(2, columns &- column), height, alpha, beta,
        c + (row &* strideC &+ column), strideC)
      row &+= groupRows
    }
    column &+= 2
  }
}

/// Computes four rows by two columns.
///
/// The last three rows begin at offsets `second`, `third` and `fourth` from the first.
@inline(__always)
private func multiplyGroup(
  _ inner: Int, _ a: Input, _ second: Int, _ third: Int, _ fourth: Int, _ left: Input,
  _ right: Input, _ width: Int, _ height: Int, _ alpha: Float, _ beta: Float, _ c: Output,
  _ strideC: Int
) {
  let o = NarrowVector.zero
  var sums: InlineArray<8, NarrowVector> = [o, o, o, o, o, o, o, o]

  @inline(__always)
  func add(_ k: Int, _ load: (Input) -> NarrowVector) {
    let (x, y) = unsafe (load(left + k), load(right + k))
    let factors: InlineArray<4, NarrowVector> = unsafe [
      load(a + k), load(a + (second &+ k)), load(a + (third &+ k)), load(a + (fourth &+ k)),
    ]
    for i in 0..<groupRows {
      unsafe sums[unchecked: i] = multiplyAddNarrow(factors[unchecked: i], x, sums[unchecked: i])
      unsafe sums[unchecked: i &+ 4] = multiplyAddNarrow(
        factors[unchecked: i], y, sums[unchecked: i &+ 4])
    }
  }

  var k = 0
  while k &+ narrowLanes <= inner {
    unsafe add(k) { unsafe UnsafeRawPointer($0).loadUnaligned(as: NarrowVector.self) }
    k &+= narrowLanes
  }
  if k < inner {
    let rest = inner &- k
    unsafe add(k) { source in
      var vector = NarrowVector.zero
      for lane in 0..<rest { unsafe vector[lane] = source[lane] }
      return vector
    }
  }
  for i in 0..<groupRows where i < height {
    let target = unsafe c + i &* strideC
    unsafe addScaledElement(alpha, sumOfNarrowLanes(sums[unchecked: i]), beta, target)
    if width > 1 {
      unsafe addScaledElement(alpha, sumOfNarrowLanes(sums[unchecked: i &+ 4]), beta, target + 1)
    }
  }
}

@inline(__always)
private func multiplyAddNarrow(
  _ a: NarrowVector, _ b: NarrowVector, _ c: NarrowVector
) -> NarrowVector {
  #if KERNELS_BASELINE && arch(x86_64)
  a * b + c
  #else
  c.addingProduct(a, b)
  #endif
}

/// Returns the sum of the lanes, adding halves first, as `sumOfLanes` does.
@inline(__always)
private func sumOfNarrowLanes(_ vector: NarrowVector) -> Float {
  #if KERNELS_BASELINE
  let four = vector
  #else
  let four = vector.lowHalf + vector.highHalf
  #endif
  let two = four.lowHalf + four.highHalf
  return two[0] + two[1]
}
#endif
