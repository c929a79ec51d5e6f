#if !KERNELS_OMITTED
// The vector types of this build of the kernels, and pairs of vectors. Each level compiles the same files,
// with different conditions. ElementVector.swift has the operations.

/// The type of the elements of matrices in this build.
typealias Element = Float
typealias ElementVector = FloatVector

#if KERNELS_AVX512
typealias FloatVector = SIMD16<Float>
typealias IntVector = SIMD16<Int32>
typealias WordVector = SIMD16<UInt32>
typealias LaneMask = SIMDMask<SIMD16<Int32>>
#elseif KERNELS_AVX2
typealias FloatVector = SIMD8<Float>
typealias IntVector = SIMD8<Int32>
typealias WordVector = SIMD8<UInt32>
typealias LaneMask = SIMDMask<SIMD8<Int32>>
#else
typealias FloatVector = SIMD4<Float>
typealias IntVector = SIMD4<Int32>
typealias WordVector = SIMD4<UInt32>
typealias LaneMask = SIMDMask<SIMD4<Int32>>
#endif

// Integers with the size of an element.
typealias Word = UInt32
typealias SignedWord = Int32

/// Returns the sum of the lanes, adding halves first, so that the order is always the same.
@inline(__always)
func sumOfLanes(_ vector: FloatVector) -> Float {
  #if KERNELS_AVX512
  let eight = vector.lowHalf + vector.highHalf
  let four = eight.lowHalf + eight.highHalf
  #elseif KERNELS_AVX2
  let four = vector.lowHalf + vector.highHalf
  #else
  let four = vector
  #endif
  let two = four.lowHalf + four.highHalf
  return two[0] + two[1]
}

/// The number of elements that are summed in `Float` before the sum is added in `Double`.
let reductionBlock = 4096

/// The start of a sum of blocks.
let emptyTotal = 0.0

@inline(__always)
func add(_ block: Float, to total: inout Double) { total += Double(block) }

@inline(__always)
func value(of total: Double) -> Double { total }

/// Two vectors that are processed together.
typealias VectorPair = InlineArray<2, FloatVector>

/// Returns the pair of `f(0)` and `f(1)`.
@inline(__always)
func both(_ f: (Int) -> FloatVector) -> VectorPair { [f(0), f(1)] }

@inline(__always)
func loadPair(_ source: UnsafePointer<Float>) -> VectorPair {
  unsafe [load(source), load(source + lanes)]
}

@inline(__always)
func store(_ pair: VectorPair, _ destination: UnsafeMutablePointer<Float>) {
  unsafe store(pair[0], destination)
  unsafe store(pair[1], destination + lanes)
}

@inline(__always)
func stream(_ pair: VectorPair, _ destination: UnsafeMutablePointer<Float>) {
  unsafe stream(pair[0], destination)
  unsafe stream(pair[1], destination + lanes)
}

/// Loads the first `count` elements, fewer than a pair has; the other elements are zero.
@inline(never)
func loadPair(first count: Int, _ source: UnsafePointer<Float>) -> VectorPair {
  if count < lanes { return unsafe [load(first: count, source), .zero] }
  return unsafe [load(source), load(first: count &- lanes, source + lanes)]
}

@inline(never)
func store(_ pair: VectorPair, first count: Int, _ destination: UnsafeMutablePointer<Float>) {
  if count < lanes { return unsafe store(pair[0], first: count, destination) }
  unsafe store(pair[0], destination)
  unsafe store(pair[1], first: count &- lanes, destination + lanes)
}

/// Calls `body(index, load, store, copy)` for `count` elements, a pair of vectors at a time.
///
/// With `streams`, `copy` stores whole pairs past the caches. The code contains `body` only once: the last,
/// partial pair uses the same body with other `load` and `store`. Pass an always-inlined function as `body`,
/// because a closure might not be inlined.
@inline(__always)
func forEachPair(
  _ count: Int, streams: Bool,
  _ body: (
    Int, (Input) -> VectorPair, (VectorPair, Output) -> Void, (VectorPair, Output) -> Void
  ) -> Void
) {
  var index = 0
  while index < count {
    let rest = count &- index
    let isWhole = rest >= 2 &* lanes
    unsafe body(
      index, { unsafe isWhole ? loadPair($0) : loadPair(first: rest, $0) },
      { if isWhole { unsafe store($0, $1) } else { unsafe store($0, first: rest, $1) } }
    ) {
      if !isWhole {
        unsafe store($0, first: rest, $1)
      } else if streams {
        unsafe stream($0, $1)
      } else {
        unsafe store($0, $1)
      }
    }
    index &+= 2 &* lanes
  }
}
#endif
