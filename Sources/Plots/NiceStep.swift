import LangevinPreconditions

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A round distance between ticks: 1, 2 or 5 times a power of ten.
struct NiceStep: Equatable {
  /// The factor of the power of ten: 1, 2 or 5.
  let factor: Int
  /// The exponent of the power of ten.
  let exponent: Int

  /// Creates the smallest step that divides `span` into at most `count` steps.
  init(span: Double, atMost count: Int) {
    require(span > 0 && span.isFinite && count > 0, "NiceStep: no steps for a span of \(span)")
    let wanted = span / Double(count)
    // Because of rounding, 0.30000000000000004 must not need a larger step than 0.3.
    let tolerance = 1 - 1e-9
    let exponent = Int(floor(log10(wanted)))
    for exponent in exponent...exponent + 1 {
      for factor in [1, 2, 5]
      where NiceStep(factor: factor, exponent: exponent).value >= wanted * tolerance {
        self.init(factor: factor, exponent: exponent)
        return
      }
    }
    self.init(factor: 2, exponent: exponent + 1)
  }

  init(factor: Int, exponent: Int) {
    self.factor = factor
    self.exponent = exponent
  }

  /// The step as a number.
  var value: Double { multiple(1) }

  /// Returns the multiple `index`, rounded as little as possible.
  func multiple(_ index: Double) -> Double {
    // Dividing by a power of ten rounds once; multiplying by 0.1 would round twice.
    exponent < 0 && exponent > -300
      ? index * Double(factor) / pow(10, Double(-exponent))
      : index * Double(factor) * pow(10, Double(exponent))
  }

  /// Returns the multiples within `range`.
  func multiples(in range: DataRange) -> [Double] {
    let tolerance = 1e-9
    let first = (range.lower / value - tolerance).rounded(.up)
    let last = (range.upper / value + tolerance).rounded(.down)
    guard first <= last else { return [] }
    // Adding 0 turns -0 into 0.
    return (0...Int(last - first)).map { multiple(first + Double($0)) + 0 }
  }
}
