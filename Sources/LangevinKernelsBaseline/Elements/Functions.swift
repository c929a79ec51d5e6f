#if !KERNELS_OMITTED
// Elementary functions that differ between `Float` and `Double` only in constants and polynomials. Every
// argument takes the same instructions; infinities and NaNs pass through them with as few tests as possible.

/// Returns `p x + coefficient`, one step of Horner's rule.
@inline(__always)
func step(_ p: ElementVector, _ x: ElementVector, _ coefficient: Element) -> ElementVector {
  multiplyAdd(p, x, all(coefficient))
}

/// Splits `x` into `n ln 2 + r` with |r| ≤ ½ ln 2.
///
/// The last bits of `sum` are `n + bias`.
@inline(__always)
func reduceExponent(_ x: ElementVector, bias: Element) -> (r: ElementVector, sum: ElementVector) {
  let number = all(roundingNumber + bias)
  let sum = multiplyAdd(x, all(inverseOfLog2), number)
  let n = sum - number
  // The product with the first part of ln 2 is exact, fused or not.
  let r = multiplyAdd(n, all(-log2High), x)
  return (multiplyAdd(n, all(-log2Low), r), sum)
}

/// Returns the number with the exponent in the last bits of `sum`.
@inline(__always)
func power(_ sum: ElementVector) -> ElementVector {
  elements(bits: bits(sum) &<< all(fractionBits))
}

/// Returns `e^x - 1` for `x` from `-normalExponent` to `overflowingExponent`.
@inline(__always)
private func boundedExponentialMinusOne(_ x: ElementVector) -> ElementVector {
  let (r, sum) = reduceExponent(x, bias: greatestExponent - 1)
  let q = multiplyAdd(exponentialSeries(r), r * r, r)
  // 2^n q + (2^n - 1), computed with half of 2^n, since 2^n itself may be infinite.
  let half = power(sum)
  let y = multiplyAdd(half, q, half - all(0.5))
  return y + y
}

@inline(__always)
private func exponentialMinusOne(_ x: ElementVector) -> ElementVector {
  if areBetween(all(negligibleSquare), magnitude(x), all(normalExponent)) {
    return boundedExponentialMinusOne(x)
  }
  let bounded = greater(all(vanishingExponent), lesser(all(overflowingExponent), x))
  let y = boundedExponentialMinusOne(bounded)
  // Keep the sign of 0 and the bits of denormal numbers.
  return select(isLess(magnitude(x), all(negligibleSquare)), x, y)
}

/// Returns tanh |x| = t / (t + 2) with t = e^(2 |x|) - 1, and the sign of x.
@inline(__always)
private func hyperbolicTangent(_ x: ElementVector) -> ElementVector {
  let positive = magnitude(x)
  let t = boundedExponentialMinusOne(lesser(all(saturatingArgument), positive + positive))
  return elements(bits: bits(t / (t + all(2))) | (bits(x) & all(signBit)))
}

/// Returns `log x + shift ln 2` for a positive, normal, finite x.
@inline(__always)
private func normalLogarithm(_ x: ElementVector, shift: ElementVector) -> ElementVector {
  // 1. x = 2^k m with m in √½ … √2: subtracting the bits of √½ moves the carry into the exponent there. The
  //    larger exponent of `offset` keeps the difference positive.
  let offset = Word(2 * greatestExponent + 2) << fractionBits
  let shifted = bits(x) &+ all(offset &- Element(0.5).squareRoot().bitPattern)
  let exponent = shifted &>> all(fractionBits)
  let f = elements(bits: bits(x) &+ all(offset) &- (exponent &<< all(fractionBits))) - all(1)

  // 2. -k as an element, from the last bits of 2^fractionBits + k.
  let base = Element(Word(1) << fractionBits)
  let number = elements(bits: exponent | all(base.bitPattern))
  return logarithm(f, minusK: (all(base + 2 * greatestExponent + 2) - number) - shift)
}

@inline(__always)
private func logarithm(_ x: ElementVector) -> ElementVector {
  let least = all(Element.leastNormalMagnitude)
  let infinity = all(Element.infinity)
  if areBetween(least, x, infinity) { return normalLogarithm(x, shift: .zero) }

  // Denormal numbers are multiplied by a power of two.
  let isSmall = isLess(x, least)
  let factor = all(Element(Word(1) << (fractionBits + 1)))
  let y = normalLogarithm(
    select(isSmall, x * factor, x),
    shift: select(isSmall, all(-Element(fractionBits + 1)), .zero))
  // Special cases: ∞, NaN, 0, negative numbers.
  let finite = select(isLess(x, infinity), y, x)
  let pole = select(isEqual(x, .zero), negated(infinity), finite)
  return select(isLess(x, .zero), all(Element.nan), pole)
}

func exponentialMinusOne(_ count: Int, _ x: RawInput, _ y: RawOutput) {
  unsafe map(count, x, y) { exponentialMinusOne($0) }
}

func logarithm(_ count: Int, _ x: RawInput, _ y: RawOutput) {
  unsafe map(count, x, y) { logarithm($0) }
}

func hyperbolicTangent(_ count: Int, _ x: RawInput, _ y: RawOutput) {
  unsafe map(count, x, y) { hyperbolicTangent($0) }
}
#endif
