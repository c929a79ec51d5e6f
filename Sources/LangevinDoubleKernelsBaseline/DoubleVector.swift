#if !KERNELS_OMITTED
// The vector types of the builds for `Double`. See LangevinKernelsBaseline/FloatVector.swift, their
// counterpart.

/// The type of the elements of matrices in this build.
typealias Element = Double
typealias ElementVector = DoubleVector

#if KERNELS_AVX512
typealias DoubleVector = SIMD8<Double>
typealias IntVector = SIMD8<Int64>
typealias WordVector = SIMD8<UInt64>
#elseif KERNELS_AVX2
typealias DoubleVector = SIMD4<Double>
typealias IntVector = SIMD4<Int64>
typealias WordVector = SIMD4<UInt64>
#else
typealias DoubleVector = SIMD2<Double>
typealias IntVector = SIMD2<Int64>
typealias WordVector = SIMD2<UInt64>
#endif

// Integers with the size of an element.
typealias Word = UInt64
typealias SignedWord = Int64

/// Returns the sum of the lanes, adding halves first, so that the order is always the same.
@inline(__always)
func sumOfLanes(_ vector: DoubleVector) -> Double {
  #if KERNELS_AVX512
  let four = vector.lowHalf + vector.highHalf
  let two = four.lowHalf + four.highHalf
  #elseif KERNELS_AVX2
  let two = vector.lowHalf + vector.highHalf
  #else
  let two = vector
  #endif
  return two[0] + two[1]
}

/// The number of elements that are summed before the sum is added with compensation: 32 for each lane of four
/// accumulators, since the error grows with their number.
let reductionBlock = 128 * lanes

/// A sum of blocks, and the sum of the rounding errors of its additions.
typealias Total = (sum: Double, error: Double)

/// The start of a sum of blocks.
let emptyTotal: Total = (0, 0)

/// Adds the sum of a block, and the error of this addition to the error (Neumaier 1974).
@inline(__always)
func add(_ block: Double, to total: inout Total) {
  let sum = total.sum + block
  let isLarger = total.sum.magnitude >= block.magnitude
  let (larger, smaller) = isLarger ? (total.sum, block) : (block, total.sum)
  total.error += (larger - sum) + smaller
  total.sum = sum
}

/// The error is NaN if the sum is infinite.
@inline(__always)
func value(of total: Total) -> Double {
  total.sum.isFinite ? total.sum + total.error : total.sum
}
#endif
