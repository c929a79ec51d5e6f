/// The text of a cell parsed as a number.
enum NumberText: Equatable {
  /// A decimal number, rounded to the nearest `Double`; infinite beyond its range.
  case number(Double)
  case empty
  /// A word for infinity or NaN.
  case notFinite
  case text

  init(_ bytes: ArraySlice<UInt8>) {
    if bytes.isEmpty {
      self = .empty
    } else if let decimal = Decimal(bytes) {
      self = .number(decimal.value ?? Double(String(decoding: bytes, as: UTF8.self)) ?? .nan)
    } else {
      self = Self.isNotFinite(bytes) ? .notFinite : .text
    }
  }

  private static func isNotFinite(_ bytes: ArraySlice<UInt8>) -> Bool {
    if bytes.count > 9 { return false }
    let word = String(decoding: bytes, as: UTF8.self).lowercased().drop { $0 == "+" || $0 == "-" }
    return word == "nan" || word == "inf" || word == "infinity"
  }
}

/// The parts of a decimal number: sign, digits with a point, and exponent.
struct Decimal {
  private(set) var isNegative = false
  /// Whether it is written with a plus sign.
  private(set) var hasPlus = false
  /// The digits as an integer, as long as they fit.
  private var mantissa: UInt64 = 0
  private var fits = true
  /// The number of digits after the point.
  private(set) var decimals = 0
  /// The number of digits after the point, without trailing zeros.
  private(set) var precision = 0
  private(set) var exponent = 0
  /// The number of digits of an integer without a sign; 0 for other numbers.
  private(set) var integerDigits = 0
  /// Whether an integer without a sign has a leading zero.
  private(set) var hasLeadingZero = false
  /// Whether it is written with an exponent.
  private(set) var hasExponent = false

  /// Parses `bytes`; nil if they are not a decimal number. Unlike `Double`, it refuses hexadecimal numbers
  /// such as 0x1p3.
  init?(_ bytes: ArraySlice<UInt8>) {
    var place = bytes.startIndex
    let end = bytes.endIndex
    if place < end, bytes[place] == UInt8(ascii: "-") || bytes[place] == UInt8(ascii: "+") {
      isNegative = bytes[place] == UInt8(ascii: "-")
      hasPlus = !isNegative
      place += 1
    }
    var digits = 0
    var hasPoint = false
    while place < end {
      let byte = bytes[place]
      if byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") {
        digits += 1
        if hasPoint {
          decimals += 1
          if byte != UInt8(ascii: "0") { precision = decimals }
        }
        if mantissa < 1 << 58 {
          mantissa = mantissa * 10 + UInt64(byte - UInt8(ascii: "0"))
        } else {
          fits = false
        }
      } else if byte == UInt8(ascii: "."), !hasPoint {
        hasPoint = true
      } else {
        break
      }
      place += 1
    }
    if digits == 0 { return nil }
    if place == end {
      if !hasPoint && digits == bytes.count {
        integerDigits = digits
        hasLeadingZero = digits > 1 && bytes[bytes.startIndex] == UInt8(ascii: "0")
      }
      return
    }
    guard bytes[place] == UInt8(ascii: "e") || bytes[place] == UInt8(ascii: "E") else {
      return nil
    }
    guard let exponent = Self.exponent(bytes[(place + 1)...]) else { return nil }
    self.exponent = exponent
    hasExponent = true
  }

  private static func exponent(_ bytes: ArraySlice<UInt8>) -> Int? {
    var rest = bytes
    let isNegative = rest.first == UInt8(ascii: "-")
    if isNegative || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
    if rest.isEmpty { return nil }
    var value = 0
    for byte in rest {
      guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
      value = min(value * 10 + Int(byte - UInt8(ascii: "0")), 1 << 20)
    }
    return isNegative ? -value : value
  }

  /// Whether the number is 0.
  var isZero: Bool { mantissa == 0 && fits }

  /// The nearest `Double` if `Double` represents both the mantissa and the power of ten exactly, so that the
  /// result is rounded only once (Clinger 1990); nil otherwise.
  var value: Double? {
    let power = exponent - decimals
    guard fits, mantissa <= 1 << 53, abs(power) <= 22 else { return nil }
    let size = Double(mantissa)
    let scaled = power < 0 ? size / Self.powers[-power] : size * Self.powers[power]
    return isNegative ? -scaled : scaled
  }

  private static let powers: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
    1e18, 1e19, 1e20, 1e21, 1e22,
  ]
}
