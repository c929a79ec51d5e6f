#if !KERNELS_OMITTED
// The elementary functions of `Double`, and its constants and polynomials for Elements/Functions.swift.

/// The number of bits of the fraction.
let fractionBits: Word = 52
/// The largest exponent.
let greatestExponent = 1023.0
/// 1.5 · 2^52: a sum with it is rounded to a whole number, which is in its last bits.
let roundingNumber = 0x1.8p52

let inverseOfLog2 = 0x1.71547652b82fep0
/// The first 42 bits of ln 2, so that a product with an exponent is exact.
let log2High = 0x1.62e42fefa38p-1
let log2Low = 0x1.ef35793c7673p-45

/// An argument for which e^x is infinite, but e^x / 2 is not.
let overflowingExponent = 710.0
/// An argument for which e^x and e^-x are normal numbers.
let normalExponent = 708.0
/// An argument for which e^x - 1 is -1.
let vanishingExponent = -40.0
/// Twice an argument for which tanh x is 1.
let saturatingArgument = 40.0
/// A bound below which e^x - 1 is x.
let negligibleSquare = 0x1p-54
/// An argument whose exponential is zero, because it is below the normal numbers.
private let underflowingExponent = -709.0

/// Returns Q with e^r - 1 = r + r² Q(r), minimax in the relative error for |r| ≤ ½ ln 2.
@inline(__always)
func exponentialSeries(_ r: DoubleVector) -> DoubleVector {
  var q = DoubleVector(repeating: 0x1.ae6bc59575582p-26)
  q = step(q, r, 0x1.28a2d5e849da3p-22)
  q = step(q, r, 0x1.71de88c5d4254p-19)
  q = step(q, r, 0x1.a019a68499c5ap-16)
  q = step(q, r, 0x1.a01a01747129ep-13)
  q = step(q, r, 0x1.6c16c17f24c43p-10)
  q = step(q, r, 0x1.1111111119232p-7)
  q = step(q, r, 0x1.55555555521b2p-5)
  q = step(q, r, 0x1.5555555555539p-3)
  return step(q, r, 0.5)
}

/// Returns e^r and n for `x = n ln 2 + r`; the last bits of `sum` are `n + 1023`.
@inline(__always)
private func exponentialParts(
  _ x: DoubleVector
) -> (value: DoubleVector, sum: DoubleVector) {
  let (r, sum) = reduceExponent(x, bias: greatestExponent)
  let one = all(1.0)
  return (multiplyAdd(multiplyAdd(exponentialSeries(r), r, one), r, one), sum)
}

@inline(__always)
private func exponential(_ x: DoubleVector) -> DoubleVector {
  if areBetween(all(-normalExponent), x, all(normalExponent)) {
    let (value, sum) = exponentialParts(x)
    return value * power(sum)
  }
  let bounded = greater(all(underflowingExponent), lesser(all(overflowingExponent), x))
  let (value, sum) = exponentialParts(bounded)
  // 2^1024 is not a `Double`, but results just below it are.
  let greatest = all(roundingNumber + 2 * greatestExponent)
  let isGreat = isLess(greatest, sum)
  return value * power(lesser(greatest, sum)) * select(isGreat, all(2.0), all(1.0))
}

/// Returns e^-|x|.
@inline(__always)
private func decayed(_ x: DoubleVector) -> DoubleVector {
  let (value, sum) = exponentialParts(negated(lesser(all(-underflowingExponent), magnitude(x))))
  return value * power(sum)
}

/// Returns `k ln 2 + log(1 + f)`, for 1 + f in √½ … √2.
@inline(__always)
func logarithm(_ f: DoubleVector, minusK: DoubleVector) -> DoubleVector {
  // With s = f / (2 + f), log(1 + f) = 2 artanh s = f - ½ f² + s (½ f² + R), where R = s² P(s²) is the rest
  // of the series of 2 artanh s / s after its first term. P is minimax in the relative error.
  let s = f / (f + all(2))
  let z = s * s
  var p = DoubleVector(repeating: 0x1.2f095db213482p-3)
  p = step(p, z, 0x1.39a16812df08bp-3)
  p = step(p, z, 0x1.7466414a24f43p-3)
  p = step(p, z, 0x1.c71c5202886ccp-3)
  p = step(p, z, 0x1.24924941f224ep-2)
  p = step(p, z, 0x1.999999997fe5dp-2)
  p = step(p, z, 0x1.5555555555592p-1)
  let halfSquare = all(0.5) * f * f
  let small = multiplyAdd(
    s, multiplyAdd(z, p, halfSquare), minusK * all(-log2Low))
  return multiplyAdd(minusK, all(-log2High), f - (halfSquare - small))
}

@inline(__always)
private func logarithmOnePlus(_ x: DoubleVector) -> DoubleVector {
  let one = all(1.0)

  // 1. 1 + x = 2^k m with m in √½ … √2. The rounding of 1 + x affects only the choice of k. The larger
  //    exponent of `offset` keeps the difference positive.
  let offset = Word(2 * greatestExponent + 2) << fractionBits
  let shifted = bits(one + x) &+ all(offset &- 0.5.squareRoot().bitPattern)
  let exponent = shifted &>> all(fractionBits)
  let base = Double(Word(1) << fractionBits)
  let minusK =
    all(base + 2 * greatestExponent + 2) - elements(bits: exponent | all(base.bitPattern))

  // 2. f = m - 1 = 2^-k x - (1 - 2^-k): exact except for the last rounding, and equal to x for k = 0. The
  //    factor is 2^(2 - k), which is not denormal even for k = 1024.
  let power = elements(bits: all(offset &+ 4.0.bitPattern) &- (exponent &<< all(fractionBits)))
  let f = multiplyAdd(power * x, all(0.25), negated(multiplyAdd(power, all(-0.25), one)))
  let y = logarithm(f, minusK: minusK)

  // 3. Special cases: ∞, NaN, -1, smaller numbers.
  let infinity = all(Double.infinity)
  if areBetween(all(-0x1.fffffffffffffp-1), x, infinity) { return y }
  let finite = select(isLess(x, infinity), y, x)
  let pole = select(isEqual(x, negated(one)), negated(infinity), finite)
  return select(isLess(x, negated(one)), all(Double.nan), pole)
}

/// Returns max(x, 0) + log(1 + z), where z is e^-|x|.
@inline(__always)
private func softplus(_ x: DoubleVector) -> DoubleVector {
  // log(1 + z) = 2 artanh s with s = z / (2 + z), at most ⅓. The series has s² P(s²) after 2 s, minimax in
  // the relative error.
  let z = decayed(x)
  let s = z / (z + all(2))
  let w = s * s
  var p = DoubleVector(repeating: 0x1.5c882dc5f6cb9p-3)
  p = step(p, w, 0x1.559f57be94af3p-4)
  p = step(p, w, 0x1.efdca25aeb25ep-4)
  p = step(p, w, 0x1.10677a544b602p-3)
  p = step(p, w, 0x1.3b1de177cf454p-3)
  p = step(p, w, 0x1.745cb3b457065p-3)
  p = step(p, w, 0x1.c71c741eaa091p-3)
  p = step(p, w, 0x1.2492492087c87p-2)
  p = step(p, w, 0x1.99999999a07ddp-2)
  p = step(p, w, 0x1.5555555555535p-1)
  return multiplyAdd(s * w, p, s + s) + select(isLess(x, .zero), .zero, x)
}

/// Returns 1 / (1 + e^-x), or e^x / (1 + e^x) for x < 0. Neither form has cancellation.
@inline(__always)
private func sigmoid(_ x: DoubleVector) -> DoubleVector {
  let z = decayed(x)
  let one = all(1.0)
  return select(isLess(x, .zero), z, one) / (one + z)
}

func exponential(_ count: Int, _ x: RawInput, _ y: RawOutput) {
  unsafe map(count, x, y) { exponential($0) }
}

func logarithmOnePlus(_ count: Int, _ x: RawInput, _ y: RawOutput) {
  unsafe map(count, x, y) { logarithmOnePlus($0) }
}

func softplus(_ count: Int, _ x: RawInput, _ y: RawOutput) {
  unsafe map(count, x, y) { softplus($0) }
}

func sigmoid(_ count: Int, _ x: RawInput, _ y: RawOutput) {
  unsafe map(count, x, y) { sigmoid($0) }
}
#endif
