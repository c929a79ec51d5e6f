#if !KERNELS_OMITTED
package import LangevinKernelTable

/// The kernels of this build.
package let kernels: KernelTable = unsafe KernelTable(
  level: level,
  sinesAndCosines: sinesAndCosines, adam: adam, uniform: uniform, normal: normal,
  words: words, multiply: multiply, multiplyScratch: multiplyScratch,
  finishLayer: finishLayer, unfinishLayer: unfinishLayer,
  sumRowsByCondition: sumRowsByCondition, prefetch: prefetch, packedWeights: packedWeights,
  packWeights: packWeights, forwardLayer: forwardLayer, backwardLayer: backwardLayer,
  finishResidual: finishResidual,
  unfinishResidual: unfinishResidual, forwardResidual: forwardResidual,
  backwardResidual: backwardResidual)
#endif
