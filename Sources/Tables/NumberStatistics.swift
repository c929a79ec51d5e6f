/// How the numbers of a column are written.
struct NumberStatistics {
  private(set) var count = 0
  private var least = Int.max
  private var most = 0
  private var precision = 0
  private var hasExponents = false
  /// The digits that all of them have, if these are integers without a sign.
  private var digits: Int?
  /// The first integer with zeros before its other digits.
  private var leadingZeros: (text: String, value: Double)?
  /// The first number with a plus sign.
  private var plus: (text: String, value: Double)?
  /// How many numbers above 0 have no sign.
  private var unsigned = 0
  /// What is written around and between digits, as far as it occurs.
  private var notation = NumberNotation.plain
  /// The first cell with more than digits, a point and a sign.
  private var example: String?

  /// Notes how the number that `text` is has its digits.
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

  /// Notes what `text` has of `notation`.
  mutating func add(
    _ decimal: Decimal, _ text: ArraySlice<UInt8>, in notation: NumberNotation
  ) {
    (self.notation.prefix, self.notation.suffix) = (notation.prefix, notation.suffix)
    if let thousands = notation.thousands,
      String(decoding: text, as: UTF8.self).contains(thousands)
    {
      self.notation.thousands = thousands
    }
    // A point cannot be both.
    if decimal.decimals > 0 || self.notation.thousands == "." {
      self.notation.decimalMark = notation.decimalMark
    }
    if decimal.isNegative, text.first != UInt8(ascii: "-") { self.notation.hasInnerSign = true }
    if example == nil, Decimal(text) == nil { example = String(decoding: text, as: UTF8.self) }
  }

  /// How such numbers are written.
  var style: CellStyle {
    if hasExponents || most > CellStyle.mostDecimals { return CellStyle() }
    var notation = notation
    if hasPlus { notation.hasPlus = true } else { notation.hasPlusZero = nil }
    return CellStyle(
      decimals: most, precision: precision, isPadded: most > 0 && least == most,
      digits: areCodes ? digits : nil, notation: notation == .plain ? nil : notation)
  }

  /// Whether all numbers above 0 have a plus sign.
  private var hasPlus: Bool { plus != nil && unsigned == 0 }

  /// Whether they are codes of a number of digits, and not quantities.
  private var areCodes: Bool {
    leadingZeros != nil && most == 0 && (2...CellStyle.mostDigits).contains(digits ?? 0)
  }

  /// What the user of the column of this name may want to know.
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
