/// The notation of a column's numbers: what is around and between the digits, as in `$1,234.50`, `5%`, `0,5`
/// or `+41`.
package struct NumberNotation: Codable, Sendable, Hashable {
  /// The text before the digits, such as a currency sign; nil for none.
  package var prefix: String?
  /// The text after the digits, such as `%`; nil for none.
  package var suffix: String?
  /// The text between groups of three digits; nil for none.
  package var thousands: String?
  /// The text before the decimals; nil for a point.
  package var decimalMark: String?
  /// Whether positive numbers have a plus sign; nil for no.
  package var hasPlus: Bool?
  /// Whether 0 also has a plus sign; nil for no.
  package var hasPlusZero: Bool?
  /// Whether the sign follows the prefix, as in `$-5`; nil for no.
  package var hasInnerSign: Bool?

  /// Creates a notation, by default digits and a point.
  package init(
    prefix: String? = nil, suffix: String? = nil, thousands: String? = nil,
    decimalMark: String? = nil
  ) {
    self.prefix = prefix
    self.suffix = suffix
    self.thousands = thousands
    self.decimalMark = decimalMark
  }

  /// The notation of digits and a point.
  static let plain = NumberNotation()

  private var mark: String { decimalMark ?? "." }

  /// Parses `bytes` as a number in this notation; nil if they are not such a number.
  ///
  /// Groups of digits are optional. In a number with groups, all groups but the first have three digits, and
  /// the first is not `0`.
  func decimal(_ bytes: ArraySlice<UInt8>) -> Decimal? {
    if self == .plain { return Decimal(bytes) }
    return plainText(bytes).flatMap { Decimal($0[...]) }
  }

  /// Returns the `Double` nearest to `decimal`, which was parsed from `bytes`; infinite beyond its range.
  func value(_ decimal: Decimal, _ bytes: ArraySlice<UInt8>) -> Double? {
    decimal.value ?? plainBytes(bytes).flatMap { Double(String(decoding: $0, as: UTF8.self)) }
  }

  /// Parses `bytes` as an integer in units of 10^-`decimals`; nil if they are not a number, or if it has more
  /// decimals or too many digits.
  func units(_ bytes: ArraySlice<UInt8>, decimals: Int) -> Int128? {
    guard let plain = plainBytes(bytes) else { return nil }
    return Decimal(plain)?.units(plain, decimals: decimals)
  }

  private func plainBytes(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    self == .plain ? bytes : plainText(bytes)?[...]
  }

  /// Converts `bytes` to digits and a point; nil if they are not a number in this notation.
  func plainText(_ bytes: ArraySlice<UInt8>) -> [UInt8]? {
    var rest = bytes
    var sign = rest.takeSign()
    if let prefix {
      guard rest.take(prefix) else { return nil }
      if sign == nil { sign = rest.takeSign() }
    }
    if let suffix {
      guard rest.count > suffix.utf8.count,
        rest.suffix(suffix.utf8.count).elementsEqual(suffix.utf8)
      else { return nil }
      rest = rest.dropLast(suffix.utf8.count)
    }
    var plain: [UInt8] = sign.map { [$0] } ?? []
    guard let integer = rest.takeDigits(groupedBy: thousands) else { return nil }
    plain += integer
    if rest.take(mark) {
      let decimals = rest.takeDigits()
      if integer.isEmpty && decimals.isEmpty { return nil }
      plain.append(UInt8(ascii: "."))
      plain += decimals
    } else if integer.isEmpty {
      return nil
    }
    return rest.isEmpty ? plain : nil
  }

  /// Appends `plain`, a number of digits and a point, in this notation.
  func write(_ plain: ArraySlice<UInt8>, to bytes: inout [UInt8]) {
    var digits = plain
    var sign = digits.takeSign()
    if sign == nil, hasPlus == true,
      hasPlusZero == true || digits.contains(where: { $0 > 0x30 && $0 <= 0x39 })
    {
      sign = UInt8(ascii: "+")
    }
    let outer = hasInnerSign == true ? nil : sign
    if let outer { bytes.append(outer) }
    if let prefix { bytes += Array(prefix.utf8) }
    if outer == nil, let sign { bytes.append(sign) }
    let integer = digits.prefix { $0 != UInt8(ascii: ".") }
    for (place, digit) in integer.enumerated() {
      if let thousands, place > 0, (integer.count - place).isMultiple(of: 3) {
        bytes += Array(thousands.utf8)
      }
      bytes.append(digit)
    }
    let decimals = digits.dropFirst(integer.count + 1)
    if !decimals.isEmpty {
      bytes += Array(mark.utf8)
      bytes += decimals
    }
    if let suffix { bytes += Array(suffix.utf8) }
  }

  /// The reason why a notation from a file is invalid; nil if it is valid.
  var problem: String? {
    let texts = [prefix, suffix, thousands, decimalMark].compactMap(\.self)
    let arePossible = texts.allSatisfy { text in
      (1...16).contains(text.utf8.count)
        && !text.utf8.contains { (0x30...0x39).contains($0) || $0 < 0x20 }
    }
    if !arePossible { return "a text of its notation is empty, too long, or has digits" }
    return thousands == mark ? "its thousands and decimals have the same separator" : nil
  }
}

extension ArraySlice<UInt8> {
  /// Removes and returns a sign at the start; nil if there is no sign.
  fileprivate mutating func takeSign() -> UInt8? {
    guard first == UInt8(ascii: "-") || first == UInt8(ascii: "+") else { return nil }
    return removeFirst()
  }

  /// Removes `text` from the start; returns false if the bytes do not start with it.
  fileprivate mutating func take(_ text: String) -> Bool {
    guard starts(with: text.utf8) else { return false }
    self = dropFirst(text.utf8.count)
    return true
  }

  /// Removes and returns all digits at the start.
  fileprivate mutating func takeDigits() -> ArraySlice<UInt8> {
    let digits = prefix { (0x30...0x39).contains($0) }
    self = dropFirst(digits.count)
    return digits
  }

  /// Removes and returns digits at the start, in groups of three if `separator` is between them; nil if they
  /// are grouped otherwise.
  fileprivate mutating func takeDigits(groupedBy separator: String?) -> [UInt8]? {
    var digits = Array(takeDigits())
    guard let separator, starts(with: separator.utf8) else { return digits }
    guard (1...3).contains(digits.count), digits != [UInt8(ascii: "0")] else { return nil }
    while take(separator) {
      let group = takeDigits()
      guard group.count == 3 else { return nil }
      digits += group
    }
    return digits
  }
}

extension NumberNotation {
  /// The pairs of a thousands separator and a decimal separator to try, in order of preference for ambiguous
  /// columns.
  private static let marks: [(thousands: String?, decimalMark: String?)] = [
    (",", nil), (".", ","), ("\u{a0}", ","), ("\u{202f}", ","), (" ", ","), ("'", nil),
    ("\u{2019}", nil), (" ", nil), ("\u{a0}", nil), ("\u{202f}", nil), ("_", nil),
  ]

  /// Returns the notations in which `bytes` are a number, the most likely first.
  ///
  /// A single comma before three digits, as in `1,234`, may separate thousands or decimals. Decimals are more
  /// likely if the cells of the file are not `separatedByCommas`.
  ///
  /// - Parameters:
  ///   - bytes: The text of a cell; nil for all notations.
  ///   - separatedByCommas: Whether commas separate the cells of the file.
  ///   - thousands: The requested thousands separator; nil for any.
  ///   - decimalMark: The requested decimal separator; nil for any.
  static func candidates(
    for bytes: ArraySlice<UInt8>?, separatedByCommas: Bool, thousands: Character? = nil,
    decimalMark: Character? = nil
  ) -> [NumberNotation] {
    guard bytes?.count ?? 0 <= 64, let affixes = bytes.map(affixes) ?? .plain else { return [] }
    var marks = marks
    if !separatedByCommas { marks.swapAt(0, 1) }
    if thousands != nil || decimalMark != nil {
      let (thousands, mark) = (thousands.map(String.init), decimalMark.map(String.init))
      marks.removeAll {
        thousands != nil && $0.thousands != thousands
          || mark != nil && ($0.decimalMark ?? ".") != mark
      }
      if marks.isEmpty { marks = [(thousands, mark == "." ? nil : mark)] }
    }
    return marks.compactMap { thousands, decimalMark in
      var notation = affixes
      (notation.thousands, notation.decimalMark) = (thousands, decimalMark)
      let isPossible = bytes.map { notation.plainText($0) != nil } ?? true
      return isPossible && notation.problem == nil ? notation : nil
    }
  }

  /// Returns a notation with the currency or percent sign of `bytes`, if they have one; nil if `bytes` are
  /// not a number with such signs.
  private static func affixes(of bytes: ArraySlice<UInt8>) -> NumberNotation? {
    guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
    var rest = text.unicodeScalars[...]
    func isSign(_ scalar: Unicode.Scalar?) -> Bool { scalar == "-" || scalar == "+" }
    var notation = NumberNotation()
    let hasOuterSign = isSign(rest.first)
    if hasOuterSign { rest.removeFirst() }
    let prefix = rest.prefix { !("0"..."9").contains($0) && !isSign($0) && $0 != "." && $0 != "," }
    if !prefix.isEmpty {
      guard isCurrency(prefix) else { return nil }
      notation.prefix = String(prefix)
      rest = rest.dropFirst(prefix.count)
      if !hasOuterSign && isSign(rest.first) { notation.hasInnerSign = true }
    }
    guard let last = rest.lastIndex(where: { ("0"..."9").contains($0) || $0 == "." }) else {
      return nil
    }
    let suffix = rest[rest.index(after: last)...]
    if !suffix.isEmpty {
      guard isUnit(suffix) else { return nil }
      notation.suffix = String(suffix)
    }
    return notation
  }

  /// Returns whether `text` is a currency sign, possibly after one or two letters and before a space: `$`,
  /// `US$`.
  private static func isCurrency(_ text: Substring.UnicodeScalarView) -> Bool {
    var rest = text
    if let last = rest.last, isBlank(last) { rest.removeLast() }
    guard let sign = rest.popLast(), sign.properties.generalCategory == .currencySymbol else {
      return false
    }
    return rest.count <= 2 && rest.allSatisfy { ("A"..."Z").contains($0) }
  }

  /// Returns whether `text` is a percent, per mille or currency sign, possibly after a space.
  private static func isUnit(_ text: Substring.UnicodeScalarView) -> Bool {
    var rest = text
    if let first = rest.first, isBlank(first) { rest.removeFirst() }
    guard rest.count == 1, let sign = rest.first else { return false }
    return sign == "%" || sign == "‰" || sign.properties.generalCategory == .currencySymbol
  }

  private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    scalar == " " || scalar == "\u{a0}" || scalar == "\u{202f}"
  }
}
