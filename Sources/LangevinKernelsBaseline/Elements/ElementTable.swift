#if !KERNELS_OMITTED
package import LangevinKernelTable

#if KERNELS_AVX512
let level = KernelLevel.avx512
#elseif KERNELS_AVX2
let level = KernelLevel.avx2
#else
let level = KernelLevel.baseline
#endif

/// The kernels for the elements of matrices of this build.
package let elementKernels: ElementKernels = unsafe ElementKernels(
  level: level, add: add, subtract: subtract, multiply: multiplyElements, divide: divide,
  minimum: minimum, maximum: maximum, addScalar: addScalar,
  subtractFromScalar: subtractFromScalar, scale: scale, divideByScalar: divideByScalar,
  divideScalar: divideScalar, addScaled: addScaled, magnitude: magnitude, squareRoot: squareRoot,
  exponential: exponential, exponentialMinusOne: exponentialMinusOne, logarithm: logarithm,
  logarithmOnePlus: logarithmOnePlus, hyperbolicTangent: hyperbolicTangent, softplus: softplus,
  sigmoid: sigmoid, isLess: isLess, isLessOrEqual: isLessOrEqual, isEqual: isEqual,
  isLessThanScalar: isLessThanScalar, isLessThanOrEqualToScalar: isLessThanOrEqualToScalar,
  isGreaterThanScalar: isGreaterThanScalar,
  isGreaterThanOrEqualToScalar: isGreaterThanOrEqualToScalar, isEqualToScalar: isEqualToScalar,
  select: select, sum: sum, sumOfMagnitudes: sumOfMagnitudes, squaredNorm: squaredNorm,
  squaredDeviations: squaredDeviations, dot: dot, least: least, greatest: greatest,
  indexOfLeast: indexOfLeast, indexOfGreatest: indexOfGreatest, areFinite: areFinite,
  sumRows: sumRows, sumColumns: sumColumns, transpose: transpose, multiplyStack: multiplyStack,
  factorCholeskyStack: factorCholeskyStack, factorLUStack: factorLUStack)
#endif
