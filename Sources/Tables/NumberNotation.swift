/// How a column writes its numbers around and between their digits: `$1,234.50`, `5%`, `0,5`, `+41`.
package struct NumberNotation: Codable, Sendable, Hashable {
  /// The text before the digits, such as a currency sign; nil for none.
  package var prefix: String?
  /// The text behind the digits, such as `%`; nil for none.
  package var suffix: String?
  /// The text between groups of three digits; nil for none.
  package var thousands: String?
  /// The text before the decimals; nil for a point.
  package var decimalMark: String?
  /// Whether numbers above 0 have a plus sign; nil for no.
  package var hasPlus: Bool?
  /// Whether 0 has a plus sign, too; nil for no.
  package var hasPlusZero: Bool?
  /// Whether a sign stands behind the prefix, as in `$-5`; nil for no.
  package var hasInnerSign: Bool?

  /// A notation; by default that of digits and a point.
  package init(
    prefix: String? = nil, suffix: String? = nil, thousands: String? = nil,
    decimalMark: String? = nil
  ) {
    self.prefix = prefix
    self.suffix = suffix
    self.thousands = thousands
    self.decimalMark = decimalMark
  }

  /// Digits and a point.
  static let plain = NumberNotation()

  private var mark: String { decimalMark ?? "." }

  /// The number that `bytes` are in this notation; nil if they are not a number in it.
  ///
  /// Groups of digits are optional; where there are some, all but the first have three digits, and the
  /// first is not `0`.
  func decimal(_ bytes: ArraySlice<UInt8>) -> Decimal? {
    if self == .plain { return Decimal(bytes) }
    return plainText(bytes).flatMap { Decimal($0[...]) }
  }

  /// The nearest `Double` to a number that was read from `bytes`; infinite if it is beyond that.
  func value(_ decimal: Decimal, _ bytes: ArraySlice<UInt8>) -> Double? {
    decimal.value ?? plainBytes(bytes).flatMap { Double(String(decoding: $0, as: UTF8.self)) }
  }

  /// The number that `bytes` are as an integer in units of 10^-`decimals`; nil if they are not a number, or
  /// if it has more decimals or too many digits.
  func units(_ bytes: ArraySlice<UInt8>, decimals: Int) -> Int128? {
    guard let plain = plainBytes(bytes) else { return nil }
    return Decimal(plain)?.units(plain, decimals: decimals)
  }

  private func plainBytes(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    self == .plain ? bytes : plainText(bytes)?[...]
  }

  /// The number that `bytes` are, in digits and a point; nil if they are no number in this notation.
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

  /// What is wrong with one that was read from a file; nil if nothing is.
  var problem: String? {
    let texts = [prefix, suffix, thousands, decimalMark].compactMap(\.self)
    let arePossible = texts.allSatisfy { text in
      (1...16).contains(text.utf8.count)
        && !text.utf8.contains { (0x30...0x39).contains($0) || $0 < 0x20 }
    }
    if !arePossible { return "its notation has a text with digits, or an impossible length" }
    return thousands == mark ? "its thousands and decimals have one mark" : nil
  }
}

extension ArraySlice<UInt8> {
  /// Takes a sign from the start; nil if it has no sign.
  fileprivate mutating func takeSign() -> UInt8? {
    guard first == UInt8(ascii: "-") || first == UInt8(ascii: "+") else { return nil }
    return removeFirst()
  }

  /// Takes `text` from the start, if it is there.
  fileprivate mutating func take(_ text: String) -> Bool {
    guard starts(with: text.utf8) else { return false }
    self = dropFirst(text.utf8.count)
    return true
  }

  /// Takes all digits from the start.
  fileprivate mutating func takeDigits() -> ArraySlice<UInt8> {
    let digits = prefix { (0x30...0x39).contains($0) }
    self = dropFirst(digits.count)
    return digits
  }

  /// Takes digits from the start, in groups of three if `separator` stands between them; nil if they
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
  /// The pairs of marks that numbers are grouped and pointed with, those that come first where a column
  /// leaves a choice before others.
  private static let marks: [(thousands: String?, decimalMark: String?)] = [
    (",", nil), (".", ","), ("\u{a0}", ","), ("\u{202f}", ","), (" ", ","), ("'", nil),
    ("\u{2019}", nil), (" ", nil), ("\u{a0}", nil), ("\u{202f}", nil), ("_", nil),
  ]

  /// The notations in which `bytes` are a number, the likeliest first; all of them if `bytes` is nil. Marks
  /// that are asked for are the only ones.
  ///
  /// A single comma before three digits, `1,234`, may separate thousands or decimals: decimals come first
  /// if the cells of the file are not `separatedByCommas`.
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

  /// The notation with the currency sign or percent sign of `bytes`, if these have one; nil if something
  /// else than a number is around or between these.
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

  /// Whether `text` is a currency sign, with up to two letters before it and a space behind: `$`, `US$`.
  private static func isCurrency(_ text: Substring.UnicodeScalarView) -> Bool {
    var rest = text
    if let last = rest.last, isBlank(last) { rest.removeLast() }
    guard let sign = rest.popLast(), sign.properties.generalCategory == .currencySymbol else {
      return false
    }
    return rest.count <= 2 && rest.allSatisfy { ("A"..."Z").contains($0) }
  }

  /// Whether `text` is a percent or currency sign, with a space before it or none.
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
