import Foundation

/// SplitMix64 (Steele, Lea & Flood 2014): the same numbers in every run, independent of the generators
/// under test.
struct SplitMix64: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z &>> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z &>> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z &>> 31)
  }
}

/// Returns real numbers in (-1, 1).
func reals(_ count: Int, seed: UInt64) -> [Float] {
  var generator = SplitMix64(seed: seed)
  return (0..<count).map { _ in
    Float(Int32(truncatingIfNeeded: generator.next() &>> 40) - (1 << 23)) * 0x1p-23
  }
}

/// Returns whole numbers from -8 to 8.
///
/// Sums of fewer than 2¹⁸ products of two such numbers are exact in `Float`, in any order, fused or not,
/// so results computed from them can be compared with `==`.
func wholes(_ count: Int, seed: UInt64) -> [Float] {
  var generator = SplitMix64(seed: seed)
  return (0..<count).map { _ in Float(Int(generator.next() % 17) - 8) }
}

/// Returns the distance of `value` from `exact` in units in the last place of the nearest `Float`.
///
/// The distance between two NaN is 0. Beyond the largest finite number, ∞ counts as 2¹²⁸. A zero is
/// accepted for any value smaller than the normal numbers.
func ulps(_ value: Float, from exact: Double) -> Double {
  if exact.isNaN || value.isNaN { return exact.isNaN && value.isNaN ? 0 : .infinity }
  if exact.magnitude < Double(Float.leastNormalMagnitude) && value == 0 { return 0 }
  let greatest = Double(sign: .plus, exponent: 128, significand: 1)
  let bounded = max(-greatest, min(greatest, exact))
  let given = value.isInfinite ? (value > 0 ? greatest : -greatest) : Double(value)
  let nearest = min(Float(bounded.magnitude), .greatestFiniteMagnitude)
  return (given - bounded).magnitude / Double(nearest.ulp)
}

/// Returns whether the arrays have the same bits: distinguishes -0 from 0, and equates identical NaN.
func haveSameBits(_ a: [Float], _ b: [Float]) -> Bool {
  // A single call: in a debug build a loop would take most of a test's time.
  unsafe a.withUnsafeBytes { a in
    unsafe b.withUnsafeBytes { b in
      guard a.count == b.count else { return false }
      guard let first = a.baseAddress, let second = b.baseAddress else { return true }
      return unsafe memcmp(first, second, a.count) == 0
    }
  }
}

/// Describes the first difference between the bits of two arrays in one line; nil if there is no
/// difference.
func difference(_ a: [Float], _ b: [Float]) -> String? {
  if a.count != b.count { return "\(a.count) elements, not \(b.count)" }
  if haveSameBits(a, b) { return nil }
  guard let i = a.indices.first(where: { a[$0].bitPattern != b[$0].bitPattern }) else { return nil }
  return "element \(i) is \(a[i]), not \(b[i])"
}
