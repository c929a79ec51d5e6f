internal import LinearAlgebra

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The text of numbers in plots: with a true minus sign, and with powers of ten instead of many zeros.
package enum PlotNumber {
  /// Returns `value` with exactly `decimals` digits after the decimal point.
  package static func fixed(_ value: Double, decimals: Int) -> String {
    let text = value.fixed(decimals)
    return text.hasPrefix("-") ? "−" + text.dropFirst() : text
  }

  /// Returns `10ⁿ` with the exponent in superscript.
  static func powerOfTen(_ exponent: Int) -> String {
    let superscripts = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
    let digits = "\(exponent.magnitude)".compactMap(\.wholeNumberValue).map { superscripts[$0] }
    return "10" + (exponent < 0 ? "⁻" : "") + String(digits)
  }

  /// Returns the labels of `values`, multiples of `step`, all with the decimals that the step needs.
  static func labels(for values: [Double], step: NiceStep) -> [String] {
    let largest = values.reduce(0) { max($0, $1.magnitude) }
    if largest == 0 || (largest < 1e6 && largest >= 1e-3) {
      return values.map { fixed($0, decimals: max(0, -step.exponent)) }
    }
    // One power for the whole axis keeps the mantissas comparable.
    let exponent = Int(floor(log10(largest) + 1e-12))
    return values.map { value in
      if value == 0 { return "0" }
      // Divide by half of the power at a time: the power itself may underflow.
      let half = exponent / 2
      let mantissa = value / pow(10, Double(half)) / pow(10, Double(exponent - half))
      let text = fixed(mantissa, decimals: max(0, exponent - step.exponent))
      return "\(text)×\(powerOfTen(exponent))"
    }
  }

  /// Returns `value` to `digits` significant digits, including zeros at the end.
  package static func significant(_ value: Double, digits: Int = 3) -> String {
    guard value != 0, value.isFinite else { return value == 0 ? "0" : "\(value)" }
    let exponent = Int(floor(log10(value.magnitude)))
    if exponent >= -4 && exponent < 6 {
      return fixed(value, decimals: max(0, digits - 1 - exponent))
    }
    let half = exponent / 2
    let mantissa = value / pow(10, Double(half)) / pow(10, Double(exponent - half))
    return "\(fixed(mantissa, decimals: digits - 1))×\(powerOfTen(exponent))"
  }

  /// Returns a whole number; from five digits on, narrow spaces separate its thousands.
  package static func count(_ value: Int) -> String {
    let digits = "\(value)"
    guard digits.count > 4 else { return digits }
    var text = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index).isMultiple(of: 3) { text += "\u{2009}" }
      text.append(digit)
    }
    return text
  }
}
