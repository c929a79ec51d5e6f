/// Statistics of how the numbers of a column are written.
struct NumberStatistics {
  private(set) var count = 0
  private var least = Int.max
  private var most = 0
  private var precision = 0
  private var hasExponents = false
  /// The number of digits of all numbers, if they are integers of one length without a sign.
  private var digits: Int?
  /// The first integer with leading zeros.
  private var leadingZeros: (text: String, value: Double)?
  /// The first number with a plus sign.
  private var plus: (text: String, value: Double)?
  /// The number of positive numbers without a sign.
  private var unsigned = 0
  /// The parts of the notation that occur.
  private var notation = NumberNotation.plain
  /// The first cell that is not in plain notation.
  private var example: String?

  /// Records how the digits of a number are written; `decimal` was parsed from `text`.
  mutating func add(_ decimal: Decimal, _ text: ArraySlice<UInt8>) {
    if count == 0 { digits = decimal.integerDigits }
    if digits != decimal.integerDigits { digits = nil }
    count += 1
    least = min(least, decimal.decimals)
    most = max(most, decimal.decimals)
    precision = max(precision, decimal.precision)
    if decimal.hasExponent { hasExponents = true }
    if decimal.hasLeadingZero, leadingZeros == nil {
      leadingZeros = (String(decoding: text, as: UTF8.self), decimal.value ?? 0)
    }
    if decimal.hasPlus {
      if decimal.isZero { notation.hasPlusZero = true }
      if plus == nil { plus = (String(decoding: text, as: UTF8.self), decimal.value ?? 0) }
    } else if !decimal.isNegative, !decimal.isZero {
      unsigned += 1
    }
  }

  /// Records which parts of `notation` occur in `text`.
  mutating func add(
    _ decimal: Decimal, _ text: ArraySlice<UInt8>, in notation: NumberNotation
  ) {
    (self.notation.prefix, self.notation.suffix) = (notation.prefix, notation.suffix)
    if let thousands = notation.thousands,
      String(decoding: text, as: UTF8.self).contains(thousands)
    {
      self.notation.thousands = thousands
    }
    // A point that separates thousands cannot be the decimal separator, so the notation needs another one.
    if decimal.decimals > 0 || self.notation.thousands == "." {
      self.notation.decimalMark = notation.decimalMark
    }
    if decimal.isNegative, text.first != UInt8(ascii: "-") { self.notation.hasInnerSign = true }
    if example == nil, Decimal(text) == nil { example = String(decoding: text, as: UTF8.self) }
  }

  /// The style of the numbers.
  var style: CellStyle {
    if hasExponents || most > CellStyle.mostDecimals { return CellStyle() }
    var notation = notation
    if hasPlus { notation.hasPlus = true } else { notation.hasPlusZero = nil }
    return CellStyle(
      decimals: most, precision: precision, isPadded: most > 0 && least == most,
      digits: areCodes ? digits : nil, notation: notation == .plain ? nil : notation)
  }

  /// Whether all positive numbers have a plus sign.
  private var hasPlus: Bool { plus != nil && unsigned == 0 }

  /// Whether the numbers are codes of a fixed number of digits, not quantities.
  private var areCodes: Bool {
    leadingZeros != nil && most == 0 && (2...CellStyle.mostDigits).contains(digits ?? 0)
  }

  /// Returns notes for the user about the column of this name.
  func notes(_ name: String, _ style: CellStyle) -> [TableNote] {
    var notes: [TableNote] = []
    if let notation = style.notation, let example {
      notes.append(.notation(column: name, notation, example: example))
    }
    for changed in [areCodes ? nil : leadingZeros, hasPlus ? nil : plus] {
      guard let changed else { continue }
      notes.append(
        .lostSigns(
          column: name, example: changed.text, result: style.text(changed.value)))
      break
    }
    return notes
  }
}
