extension Decimal {
  /// Returns the number as an integer in units of 10^-`decimals`.
  ///
  /// - Parameters:
  ///   - text: The text of the number: digits, a point and a sign.
  ///   - decimals: The number of decimals of the unit.
  /// - Returns: Nil if the number has an exponent or more decimals, or if the integer is beyond ±(2¹²⁷ - 1).
  func units(_ text: ArraySlice<UInt8>, decimals: Int) -> Int128? {
    if hasExponent || precision > decimals { return nil }
    var result: Int128 = 0
    func append(_ digit: UInt8) -> Bool {
      let (product, overflow) = result.multipliedReportingOverflow(by: 10)
      let (sum, overflow2) = product.addingReportingOverflow(Int128(digit))
      result = sum
      return !overflow && !overflow2
    }
    var behindPoint: Int?
    for byte in text {
      if byte == UInt8(ascii: ".") {
        behindPoint = 0
      } else if (0x30...0x39).contains(byte), behindPoint ?? -1 < decimals {
        if !append(byte - 0x30) { return nil }
        behindPoint = behindPoint.map { $0 + 1 }
      }
    }
    for _ in (behindPoint ?? 0)..<decimals where !append(0) { return nil }
    return isNegative ? -result : result
  }
}

/// A decimal number of any length in a form for comparisons: its digits without leading and trailing zeros,
/// and the power of ten of the last digit.
struct CanonicalDecimal: Hashable {
  private let isNegative: Bool
  private let digits: [UInt8]
  private let exponent: Int

  /// Parses `text`; nil if it is not a decimal number.
  init?(_ text: ArraySlice<UInt8>) {
    guard let decimal = Decimal(text) else { return nil }
    let isExponent = { (byte: UInt8) in byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E") }
    var digits = text.prefix { !isExponent($0) }.filter { (0x30...0x39).contains($0) }
    var exponent = decimal.exponent - decimal.decimals
    while digits.last == 0x30 {
      digits.removeLast()
      exponent += 1
    }
    self.digits = Array(digits.drop { $0 == 0x30 })
    self.exponent = self.digits.isEmpty ? 0 : exponent
    isNegative = decimal.isNegative && !self.digits.isEmpty
  }
}
