#if !KERNELS_OMITTED
// One pass over the four arrays of Adam and the average of the parameters. In the caches, the square root and
// the division limit its speed; beyond them, memory does: 28 bytes per parameter, 36 with the average.

func adam(
  _ count: Int, _ parameters: Output, _ gradients: Input, _ firstMoments: Output,
  _ secondMoments: Output, _ gradientScale: Float, _ beta1: Double, _ beta2: Double,
  _ stepSize: Double, _ secondMomentCorrection: Double, _ epsilon: Double, _ streams: Bool,
  _ average: Output?, _ averageWeight: Double
) {
  // 1 - beta2 is computed in `Double`: for 0.001, a `Float` would have a relative error of 1e-5.
  let beta1s = FloatVector(repeating: Float(beta1))
  let beta2s = FloatVector(repeating: Float(beta2))
  let rest1s = FloatVector(repeating: Float(1 - beta1))
  let rest2s = FloatVector(repeating: Float(1 - beta2))
  let gradientScales = FloatVector(repeating: gradientScale)
  let stepSizes = FloatVector(repeating: Float(stepSize))
  let inverseCorrections = FloatVector(repeating: Float(1 / secondMomentCorrection))
  let epsilons = FloatVector(repeating: Float(epsilon))
  let averageWeights = FloatVector(repeating: Float(averageWeight))

  @inline(__always)
  func update(
    _ p: inout FloatVector, _ m: inout FloatVector, _ v: inout FloatVector, _ gradient: FloatVector
  ) {
    let g = gradient * gradientScales
    m = multiplyAdd(beta1s, m, rest1s * g)
    v = multiplyAdd(beta2s, v, rest2s * g * g)
    p -= stepSizes * m / multiplyAdd(squareRoot(v), inverseCorrections, epsilons)
  }

  let streams = unsafe streams && isAligned(parameters, 0)
  forEachVector(count) { i in
    var p = unsafe load(parameters + i)
    var m = unsafe load(firstMoments + i)
    var v = unsafe load(secondMoments + i)
    unsafe update(&p, &m, &v, load(gradients + i))
    if let average = unsafe average {
      let a = unsafe load(average + i)
      unsafe store(multiplyAdd(averageWeights, p - a, a), average + i)
    }
    if streams {
      unsafe stream(p, parameters + i)
    } else {
      unsafe store(p, parameters + i)
    }
    unsafe store(m, firstMoments + i)
    unsafe store(v, secondMoments + i)
  } _: { i, rest in
    var p = unsafe load(first: rest, Input(parameters + i))
    var m = unsafe load(first: rest, Input(firstMoments + i))
    var v = unsafe load(first: rest, Input(secondMoments + i))
    unsafe update(&p, &m, &v, load(first: rest, gradients + i))
    if let average = unsafe average {
      let a = unsafe load(first: rest, Input(average + i))
      unsafe store(multiplyAdd(averageWeights, p - a, a), first: rest, average + i)
    }
    unsafe store(p, first: rest, parameters + i)
    unsafe store(m, first: rest, firstMoments + i)
    unsafe store(v, first: rest, secondMoments + i)
  }
}
#endif
