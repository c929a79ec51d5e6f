#if !KERNELS_OMITTED
// Standard normal numbers from uniform words, without fused operations (see Philox.swift).

/// Returns two independent vectors of N(0, 1) numbers from two vectors of uniform words (Box & Muller 1958).
///
///     r = sqrt(-2 log u), u = (first + ½) 2⁻³²;  θ = 2π second 2⁻³²
///     (r cos θ, r sin θ)
///
/// A small u keeps all 32 bits, so the tails reach 6.76 σ.
@inline(__always)
func boxMuller(_ first: WordVector, _ second: WordVector) -> (FloatVector, FloatVector) {
  let (high, low) = halves(first)
  let u = high * all(0x1p-16) + (low + all(0.5)) * all(0x1p-32)
  let radius = squareRoot(all(-2) * logarithmOfUnit(u))
  let (cosine, sine) = cosineAndSine(turns: second)
  return (radius * cosine, radius * sine)
}

/// Returns the high and the low 16 bits as exact floats: 2²³ + n has the bits of n in its significand.
///
/// Here and below, sums and products replace `|` and `&<<`; see `FloatVector.swift`.
@inline(__always)
func halves(_ words: WordVector) -> (high: FloatVector, low: FloatVector) {
  let magic = WordVector(repeating: 0x4B00_0000)
  let offset = FloatVector(repeating: 0x1p23)
  let high = (words &>> all(16)) &+ magic
  let low = (words & all(0xffff)) &+ magic
  return unsafe (
    unsafeBitCast(high, to: FloatVector.self) - offset,
    unsafeBitCast(low, to: FloatVector.self) - offset
  )
}

/// Returns `log u` for u in [2⁻³³, 1].
@inline(__always)
private func logarithmOfUnit(_ u: FloatVector) -> FloatVector {
  // 1. u = 2^k (1 + f), with 1 + f from sqrt(½) to sqrt(2): subtracting the bits of sqrt(½) moves the
  //    carry into the exponent there.
  let bits = unsafe unsafeBitCast(u, to: IntVector.self)
  let k = (bits &- all(0x3F35_04F3)) &>> all(23)
  let f = unsafe unsafeBitCast(bits &- (k &<< all(23)), to: FloatVector.self) - all(1)
  // 2. log(1 + f) = f - f²/2 + f³ P(f), where P is minimax with an error of 6e-9 of the logarithm.
  var p = FloatVector(repeating: -0.076_344_967)
  p = p * f + all(0.127_615_765)
  p = p * f - all(0.131_601_825)
  p = p * f + all(0.142_017_573)
  p = p * f - all(0.166_233_569)
  p = p * f + all(0.200_012_267)
  p = p * f - all(0.250_008_196)
  p = p * f + all(0.333_333_313)
  let square = f * f
  // 3. k is an exact float: 1.5 · 2²³ + k has the bits of k in its significand.
  let exponent = unsafe unsafeBitCast(k &+ all(0x4B40_0000), to: FloatVector.self) - all(0x1.8p23)
  return exponent * all(0.693_147_181) + (f - all(0.5) * square + f * square * p)
}

/// Returns the cosine and sine of 2π · words / 2³².
@inline(__always)
private func cosineAndSine(turns words: WordVector) -> (FloatVector, FloatVector) {
  // 1. The nearest quarter turn, and the rest in [-2²⁹, 2²⁹).
  let quarter = (words &+ all(0x2000_0000)) &>> all(30)
  let rest = words &- quarter &* all(1 << 30)
  // 2. The rest as a float, from the halves of the number made positive, then as an angle in [-π/4, π/4].
  let (high, low) = halves(rest &+ all(0x8000_0000))
  let angle = ((high - all(0x1p15)) * all(0x1p16) + low) * all(1.462_918_08e-9)
  return cosineAndSine(quarter: quarter, angle: angle)
}

/// Returns the cosine and sine of `quarter` quarter turns plus an angle in [-π/4, π/4].
///
/// Only the last two bits of `quarter` count.
@inline(__always)
func cosineAndSine(quarter: WordVector, angle: FloatVector) -> (FloatVector, FloatVector) {
  // 1. Minimax polynomials in the square of the angle, with an error of 4e-9 of the result.
  let square = angle * angle
  var s = FloatVector(repeating: -1.951_729_94e-4)
  s = s * square + all(8.332_178e-3)
  s = s * square - all(0.166_666_552)
  let sine = angle + angle * square * s
  var c = FloatVector(repeating: 2.443_845_19e-5)
  c = c * square - all(1.388_736_77e-3)
  c = c * square + all(4.166_664_56e-2)
  let cosine = all(1) - all(0.5) * square + square * square * c
  // 2. Odd quarters swap the two, and bits of the quarter give the signs. Bit operations replace
  //    comparisons, because the optimizer turns masks into loops over the lanes.
  let swapped = WordVector.zero &- (quarter & all(1))
  let cosineSign = ((quarter &+ all(1)) & all(2)) &* all(1 << 30)
  let sineSign = (quarter & all(2)) &* all(1 << 30)
  let cosineBits = unsafe unsafeBitCast(cosine, to: WordVector.self)
  let sineBits = unsafe unsafeBitCast(sine, to: WordVector.self)
  let exchange = (cosineBits ^ sineBits) & swapped
  return unsafe (
    unsafeBitCast(cosineBits ^ exchange ^ cosineSign, to: FloatVector.self),
    unsafeBitCast(sineBits ^ exchange ^ sineSign, to: FloatVector.self)
  )
}
#endif
