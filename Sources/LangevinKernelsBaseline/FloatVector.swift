#if !KERNELS_OMITTED
// The vector type of this build of the kernels, and the operations that depend on the instruction set.
// Each level compiles the same files, with different conditions.

import CLangevinMachine

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

// Vectors with the same number in all lanes, such as `all(0.5)`.

@inline(__always)
func all(_ number: Float) -> FloatVector { FloatVector(repeating: number) }

@inline(__always)
func all(_ number: UInt32) -> WordVector { WordVector(repeating: number) }

@inline(__always)
func all(_ number: Int32) -> IntVector { IntVector(repeating: number) }

extension FloatVector {
  /// Creates a vector with `number` in all lanes.
  @inline(__always)
  init(repeating number: Float) { self = langevin_repeat(number) }
}

// The operators of the standard library are loops over the lanes, except `&+ &- &*`, comparisons and the
// operators of masks. The operators below replace them with one instruction each. See Vectors.h.

@inline(__always)
func + (a: FloatVector, b: FloatVector) -> FloatVector { langevin_add(a, b) }

@inline(__always)
func - (a: FloatVector, b: FloatVector) -> FloatVector { langevin_subtract(a, b) }

@inline(__always)
func * (a: FloatVector, b: FloatVector) -> FloatVector { langevin_multiply(a, b) }

@inline(__always)
func / (a: FloatVector, b: FloatVector) -> FloatVector { langevin_divide(a, b) }

@inline(__always)
func += (a: inout FloatVector, b: FloatVector) { a = langevin_add(a, b) }

@inline(__always)
func -= (a: inout FloatVector, b: FloatVector) { a = langevin_subtract(a, b) }

@inline(__always)
func & (a: WordVector, b: WordVector) -> WordVector { langevin_and(a, b) }

@inline(__always)
func ^ (a: WordVector, b: WordVector) -> WordVector { langevin_exclusive_or(a, b) }

@inline(__always)
func &<< (a: WordVector, b: WordVector) -> WordVector { langevin_shift_left(a, b) }

@inline(__always)
func &>> (a: WordVector, b: WordVector) -> WordVector { langevin_shift_right(a, b) }

@inline(__always)
func &>> (a: IntVector, b: IntVector) -> IntVector { langevin_shift_right_signed(a, b) }

@inline(__always)
func squareRoot(_ x: FloatVector) -> FloatVector { langevin_square_root(x) }

/// The number of floats in a vector.
let lanes = FloatVector.scalarCount

/// Returns `a * b + c`, fused and rounded once if the level has the instruction.
///
/// On the x86-64 baseline, `addingProduct` would call `fmaf` for each lane. Swift never contracts
/// `a * b + c`.
@inline(__always)
func multiplyAdd(_ a: FloatVector, _ b: FloatVector, _ c: FloatVector) -> FloatVector {
  #if KERNELS_BASELINE && arch(x86_64)
  a * b + c
  #else
  langevin_fused_multiply_add(a, b, c)
  #endif
}

@inline(__always)
func load(_ source: UnsafePointer<Float>) -> FloatVector {
  unsafe UnsafeRawPointer(source).loadUnaligned(as: FloatVector.self)
}

@inline(__always)
func load(_ source: UnsafeMutablePointer<Float>) -> FloatVector {
  unsafe UnsafeRawPointer(source).loadUnaligned(as: FloatVector.self)
}

/// Stores `vector` past the caches; `destination` has the alignment of the vector. See CacheControl.h.
@inline(__always)
func stream(_ vector: FloatVector, _ destination: UnsafeMutablePointer<Float>) {
  unsafe langevin_stream(vector, destination)
}

/// Returns whether whole vectors can be streamed to rows that begin at `base`, `stride` apart.
@inline(__always)
func isAligned(_ base: UnsafeMutablePointer<Float>, _ stride: Int) -> Bool {
  let bytes = MemoryLayout<FloatVector>.size
  return UInt(bitPattern: base) % UInt(bytes) == 0 && stride % lanes == 0
}

@inline(__always)
func store(_ vector: FloatVector, _ destination: UnsafeMutablePointer<Float>) {
  unsafe UnsafeMutableRawPointer(destination).storeBytes(of: vector, as: FloatVector.self)
}

/// Loads the first `count` lanes, fewer than a vector has; the other lanes are zero.
@inline(__always)
func load(first count: Int, _ source: UnsafePointer<Float>) -> FloatVector {
  var vector = FloatVector.zero
  for lane in 0..<count { unsafe vector[lane] = source[lane] }
  return vector
}

@inline(__always)
func store(_ vector: FloatVector, first count: Int, _ destination: UnsafeMutablePointer<Float>) {
  for lane in 0..<count { unsafe destination[lane] = vector[lane] }
}

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

/// Calls `whole` for each whole vector of `count` elements, then `part` for the rest.
///
/// `part` does the same with `load(first:)` and `store(first:)`, so that an element's value does not depend
/// on its position.
@inline(__always)
func forEachVector(_ count: Int, _ whole: (Int) -> Void, _ part: (Int, Int) -> Void) {
  var index = 0
  while index &+ lanes <= count {
    whole(index)
    index &+= lanes
  }
  if index < count { part(index, count &- index) }
}

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
