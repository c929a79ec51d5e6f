#if !KERNELS_OMITTED
package import LangevinKernelTable

#if KERNELS_AVX512
private let level = KernelLevel.avx512
#elseif KERNELS_AVX2
private let level = KernelLevel.avx2
#else
private let level = KernelLevel.baseline
#endif

/// The kernels of this build.
package let kernels: KernelTable = unsafe KernelTable(
  level: level,
  exponential: exponential, logarithmOnePlus: logarithmOnePlus, softplus: softplus,
  sigmoid: sigmoid, sinesAndCosines: sinesAndCosines, add: add, subtract: subtract,
  multiplyElements: multiplyElements, divide: divide, scale: scale, addScaled: addScaled, sum: sum,
  squaredNorm: squaredNorm,
  adam: adam, uniform: uniform, normal: normal,
  words: words, multiply: multiply, multiplyScratch: multiplyScratch,
  finishLayer: finishLayer, unfinishLayer: unfinishLayer, sumColumns: sumColumns,
  sumRowsByCondition: sumRowsByCondition, prefetch: prefetch, packedWeights: packedWeights,
  packWeights: packWeights, forwardLayer: forwardLayer, backwardLayer: backwardLayer,
  finishResidual: finishResidual,
  unfinishResidual: unfinishResidual, forwardResidual: forwardResidual,
  backwardResidual: backwardResidual)
#endif
