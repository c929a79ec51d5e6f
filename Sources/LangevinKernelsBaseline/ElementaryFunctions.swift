#if !KERNELS_OMITTED
// The exponential, the logarithm and the activations built from them. Every argument takes the same
// instructions; infinities and NaNs pass through them with as few tests as possible.

/// Returns `a` where `mask` is true and `b` elsewhere.
///
/// `replacing(with:where:)` is a loop over the lanes, which the optimizer does not always vectorize; these
/// operations on the mask are single instructions.
@inline(__always)
func select(_ mask: LaneMask, _ a: FloatVector, _ b: FloatVector) -> FloatVector {
  let a = unsafe unsafeBitCast(a, to: LaneMask.self)
  let b = unsafe unsafeBitCast(b, to: LaneMask.self)
  return unsafe unsafeBitCast((a .& mask) .| (b .& .!mask), to: FloatVector.self)
}

/// Splits `sign · x` into `n ln 2 + sign · r`, where `power` is `2^n`.
///
/// For `sign` 1, `x ≥ -88`. For -1, `-88 ≤ x ≤ 88`; the constants include the sign, at no cost.
@inline(__always)
private func reduce(_ x: FloatVector, sign: Float) -> (r: FloatVector, power: FloatVector) {
  // 1. n = round(sign x / ln 2). Adding 1.5 · 2^23 leaves no bits for the fraction, so the sum is rounded
  //    and has n in its last bits. The 127 is for step 3.
  let magic: Float = 0x1.8p23 + 127
  var sum = multiplyAdd(
    x, FloatVector(repeating: sign * 0x1.715476p0), FloatVector(repeating: magic))
  if sign > 0 {
    // 2^128 is not a `Float`, but results just below it are: there, n stays 127 and r goes up to ln 2.
    let greatest = FloatVector(repeating: magic + 127)
    sum = select(sum .> greatest, greatest, sum)
  }
  let n = sum - FloatVector(repeating: magic)

  // 2. r = x - n ln 2, for sign 1. The first part of ln 2 has 16 bits, so its product with n is exact,
  //    fused or not.
  var r = multiplyAdd(n, FloatVector(repeating: -sign * 0x1.62e4p-1), x)
  r = multiplyAdd(n, FloatVector(repeating: -sign * 0x1.7f7d1cp-20), r)

  // 3. 2^n: the low bits of the sum are n + 127 and become the exponent. For n = -127, the result is the
  //    bit pattern of zero.
  let power = unsafe unsafeBitCast(
    unsafeBitCast(sum, to: WordVector.self) &<< all(23), to: FloatVector.self)
  return (r, power)
}

@inline(__always)
func exponential(_ x: FloatVector) -> FloatVector {
  // 1. Below -87.7 the power is zero, so clamp x, which also replaces -∞. The order of the comparison lets
  //    NaN pass.
  let least = FloatVector(repeating: -88)
  let (r, power) = reduce(select(x .< least, least, x), sign: 1)

  // 2. e^r = 1 + r + r² Q(r), minimax in the relative error on -½ ln 2 … ln 2. Larger arguments overflow to
  //    infinity.
  var p = FloatVector(repeating: 0x1.e8506ap-13)
  p = step(p, r, 0x1.6aa0cep-10)
  p = step(p, r, 0x1.10db5ap-7)
  p = step(p, r, 0x1.555886p-5)
  p = step(p, r, 0x1.55557ep-3)
  p = step(p, r, 0x1.fffffcp-2)
  p = step(p, r, 1)
  p = step(p, r, 1)
  return p * power
}

/// Returns `k ln 2 + log(1 + f)`, for 1 + f in √½ … √2.
@inline(__always)
func logarithm(_ f: FloatVector, minusK: FloatVector) -> FloatVector {
  // log(1 + f) = f + f² Q(f), minimax in the relative error. The highest power is odd and its coefficient
  // positive, so +∞ stays +∞.
  var q = FloatVector(repeating: 0x1.65f1p-4)
  q = step(q, f, -0x1.2505b4p-3)
  q = step(q, f, 0x1.317caap-3)
  q = step(q, f, -0x1.535c2ap-3)
  q = step(q, f, 0x1.98d3ap-3)
  q = step(q, f, -0x1.0004a8p-2)
  q = step(q, f, 0x1.5556fp-2)
  q = step(q, f, -0x1.fffffap-2)
  q = multiplyAdd(q, f * f, f)

  // The product of -k and -ln 2 is -0 for k = 0, so the sum keeps the sign of a zero.
  return multiplyAdd(minusK, FloatVector(repeating: -0x1.62e43p-1), q)
}

@inline(__always)
func logarithmOnePlus(_ x: FloatVector) -> FloatVector {
  let one = FloatVector(repeating: 1)

  // 1. 1 + x = 2^k m with m in √½ … √2. The bits of √2 minus those of 1 + x have -k as their upper nine
  //    bits. The rounding of 1 + x affects only the choice of k.
  let sum = unsafe unsafeBitCast(one + x, to: IntVector.self)
  let minusK =
    (IntVector(repeating: Int32(Float(2).squareRoot().bitPattern)) &- sum) &>> all(23)

  // 2. f = m - 1 = 2^-k x - (1 - 2^-k): exact except for the last rounding, and equal to x for k = 0. The
  //    factor is 2^(2 - k), which is not denormal even for k = 128. The addend is -0 for k = 0.
  let power = unsafe unsafeBitCast(
    (minusK &<< all(23)) &+ IntVector(repeating: Int32(Float(4).bitPattern)), to: FloatVector.self)
  let f = multiplyAdd(
    power * x, FloatVector(repeating: 0.25),
    negated(multiplyAdd(power, FloatVector(repeating: -0.25), one)))

  // 3. -k as a `Float`, from the last bits of 1.5 · 2^23 - k.
  let magic: Float = 0x1.8p23
  let shifted = unsafe unsafeBitCast(
    minusK &+ IntVector(repeating: Int32(magic.bitPattern)), to: FloatVector.self)
  let y = logarithm(f, minusK: shifted - FloatVector(repeating: magic))

  // 4. Special cases: -∞ for -1, NaN below.
  let poles = select(x .== -one, FloatVector(repeating: -.infinity), y)
  return select(x .< -one, FloatVector(repeating: .nan), poles)
}

/// Reduces -x for `x ≥ -88`. Larger x are clamped to 88, for which e^-x is zero.
@inline(__always)
func reduceNegated(_ x: VectorPair) -> (r: VectorPair, power: VectorPair) {
  let greatest = FloatVector(repeating: 88)
  let (r0, power0) = reduce(select(x[0] .> greatest, greatest, x[0]), sign: -1)
  let (r1, power1) = reduce(select(x[1] .> greatest, greatest, x[1]), sign: -1)
  return ([r0, r1], [power0, power1])
}

/// Returns `e^-r` times the power.
///
/// The polynomial has one degree less than that of the exponential because |r| ≤ ½ ln 2. Its signs alternate
/// because r is negated.
@inline(__always)
func exponential(_ reduced: (r: VectorPair, power: VectorPair)) -> VectorPair {
  let r = reduced.r
  var z = both { _ in FloatVector(repeating: 0x1.6a4eccp-10) }
  z = both { step(z[$0], r[$0], -0x1.12399cp-7) }
  z = both { step(z[$0], r[$0], 0x1.5558bp-5) }
  z = both { step(z[$0], r[$0], -0x1.555492p-3) }
  z = both { step(z[$0], r[$0], 0x1.fffffcp-2) }
  z = both { step(z[$0], r[$0], -1) }
  z = both { step(z[$0], r[$0], 1) }
  return both { z[$0] * reduced.power[$0] }
}

/// Returns log(1 + e^x) and its derivative.
///
/// It processes two vectors at a time, a row of a tile.
@inline(__always)
func softplusAndSigmoid(_ x: VectorPair) -> (softplus: VectorPair, sigmoid: VectorPair) {
  let zero = FloatVector.zero

  // 1. z = e^-|x|, which does not overflow.
  let z = exponential(reduceNegated(both { magnitude(x[$0]) }))

  // 2. softplus(x) = max(x, 0) + log(1 + z), and log(1 + z) = z + z² Q(z) on 0 … 1, minimax in the relative
  //    error. One polynomial takes less time than reducing its argument.
  var p = both { _ in FloatVector(repeating: 0x1.5fa0dap-8) }
  p = both { step(p[$0], z[$0], -0x1.eca398p-6) }
  p = both { step(p[$0], z[$0], 0x1.44707ap-4) }
  p = both { step(p[$0], z[$0], -0x1.19af8ep-3) }
  p = both { step(p[$0], z[$0], 0x1.884554p-3) }
  p = both { step(p[$0], z[$0], -0x1.fd1368p-3) }
  p = both { step(p[$0], z[$0], 0x1.5535dep-2) }
  p = both { step(p[$0], z[$0], -0x1.ffff14p-2) }
  let softplus = both {
    multiplyAdd(p[$0], z[$0] * z[$0], z[$0]) + select(x[$0] .< zero, zero, x[$0])
  }

  return (softplus, sigmoid(x, z))
}

/// Returns 1 / (1 + e^-x), where z is e^-|x|.
///
/// For x < 0, it computes e^x / (1 + e^x). Neither form has cancellation.
@inline(__always)
func sigmoid(_ x: VectorPair, _ z: VectorPair) -> VectorPair {
  let one = FloatVector(repeating: 1)
  return both { select(x[$0] .< .zero, z[$0], one) / (one + z[$0]) }
}

func exponential(_ count: Int, _ x: RawInput, _ y: RawOutput) {
  unsafe map(count, x, y) { exponential($0) }
}

func logarithmOnePlus(_ count: Int, _ x: RawInput, _ y: RawOutput) {
  unsafe map(count, x, y) { logarithmOnePlus($0) }
}

func softplus(_ count: Int, _ x: RawInput, _ y: RawOutput) {
  unsafe mapPairs(count, elements(x), elements(y)) { softplusAndSigmoid($0).softplus }
}

func sigmoid(_ count: Int, _ x: RawInput, _ y: RawOutput) {
  unsafe mapPairs(count, elements(x), elements(y)) { softplusAndSigmoid($0).sigmoid }
}

/// Computes `y = f(x)` element by element, two vectors at a time.
@inline(__always)
private func mapPairs(_ count: Int, _ x: Input, _ y: Output, _ f: (VectorPair) -> VectorPair) {
  unsafe forEachPair(count, streams: false) { i, load, store, _ in
    unsafe store(f(load(x + i)), y + i)
  }
}
#endif
