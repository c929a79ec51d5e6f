#if !KERNELS_OMITTED
// Sines and cosines of turns. See `KernelTable` for the formulas.

func sinesAndCosines(_ count: Int, _ turns: Input, _ sines: Output, _ cosines: Output) {
  forEachVector(count) { i in
    let (cosine, sine) = unsafe waves(load(turns + i))
    unsafe store(sine, sines + i)
    unsafe store(cosine, cosines + i)
  } _: { i, rest in
    let (cosine, sine) = unsafe waves(load(first: rest, turns + i))
    unsafe store(sine, first: rest, sines + i)
    unsafe store(cosine, first: rest, cosines + i)
  }
}

/// Returns the cosine and sine of 2π · turns.
@inline(__always)
private func waves(_ turns: FloatVector) -> (FloatVector, FloatVector) {
  // 1. Clamp to the range in which the sum below rounds correctly.
  var turns = turns
  let (least, greatest) = (all(-0x1p20), all(0x1p20))
  turns = select(turns .< least, least, turns)
  turns = select(turns .> greatest, greatest, turns)
  // 2. The nearest number of quarter turns: 1.5 · 2²³ + n has the bits of n in its significand.
  let magic = FloatVector(repeating: 0x1.8p23)
  let sum = all(4) * turns + magic
  let quarter = unsafe unsafeBitCast(sum, to: WordVector.self)
  // 3. The rest, which is exact, as an angle.
  let rest = turns - all(0.25) * (sum - magic)
  return cosineAndSine(quarter: quarter, angle: rest * all(6.283_185_31))
}
#endif
