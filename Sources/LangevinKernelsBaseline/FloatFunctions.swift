#if !KERNELS_OMITTED
// The constants and polynomials of `Float` for Elements/Functions.swift.

/// The number of bits of the fraction.
let fractionBits: Word = 23
/// The largest exponent.
let greatestExponent: Float = 127
/// 1.5 · 2^23: a sum with it is rounded to a whole number, which is in its last bits.
let roundingNumber: Float = 0x1.8p23

let inverseOfLog2: Float = 0x1.715476p0
/// The first 16 bits of ln 2, so that a product with an exponent is exact.
let log2High: Float = 0x1.62e4p-1
let log2Low: Float = 0x1.7f7d1cp-20

/// An argument for which e^x is infinite, but e^x / 2 is not.
let overflowingExponent: Float = 89
/// An argument for which e^x and e^-x are normal numbers.
let normalExponent: Float = 87
/// An argument for which e^x - 1 is -1.
let vanishingExponent: Float = -18
/// Twice an argument for which tanh x is 1.
let saturatingArgument: Float = 20
/// A bound below which e^x - 1 is x.
let negligibleSquare: Float = 0x1p-25

/// Returns Q with e^r - 1 = r + r² Q(r), minimax in the relative error for |r| ≤ ½ ln 2.
@inline(__always)
func exponentialSeries(_ r: FloatVector) -> FloatVector {
  var q = FloatVector(repeating: 0x1.a032f4p-13)
  q = step(q, r, 0x1.6d73bap-10)
  q = step(q, r, 0x1.11118ap-7)
  q = step(q, r, 0x1.5554bp-5)
  q = step(q, r, 0x1.555554p-3)
  return step(q, r, 0.5)
}
#endif
