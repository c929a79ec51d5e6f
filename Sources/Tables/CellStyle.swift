import LangevinPreconditions
import LinearAlgebra

/// The style in which a column writes its cells, taken from its file.
package struct CellStyle: Codable, Sendable, Hashable {
  /// The number of digits after the point; nil for as many as identify the number among 32-bit floats if it
  /// is one, otherwise among 64-bit floats.
  package var decimals: Int?
  /// The number of digits after the point that may differ from 0; 0 if numbers like 3.0 are integers.
  package var precision: Int?
  /// Whether numbers have all ``decimals``, like 3.50, or no trailing zeros, like 3.5.
  package var isPadded: Bool
  /// The text that stands for a missing cell.
  package var missing: String
  /// The minimum number of digits of an integer, reached with leading zeros, such as 5 for 00501; nil without
  /// leading zeros.
  package var digits: Int?
  /// The notation of numbers; nil for digits and a point.
  package var notation: NumberNotation?

  /// Creates a style, by default for numbers with all their digits. `decimals` and `precision` are at most
  /// 12.
  package init(
    decimals: Int? = nil, precision: Int? = nil, isPadded: Bool = false, missing: String = "",
    digits: Int? = nil, notation: NumberNotation? = nil
  ) {
    self.decimals = decimals
    self.precision = precision ?? decimals
    self.isPadded = isPadded
    self.missing = missing
    self.digits = digits
    self.notation = notation
    if let problem { requirementFailure("CellStyle: \(problem)") }
  }

  /// The maximum number of digits after the point.
  static let mostDecimals = 12

  /// The maximum number of digits of integers with leading zeros.
  static let mostDigits = 38

  /// Returns `number` rounded to the digits that are written.
  package func rounded(_ number: Double) -> Double {
    guard let precision else { return Double(Float(number)) }
    if precision == 0 { return number.rounded() }
    // A quotient of two exact integers is the `Double` nearest to the decimal number, which reading it gives.
    let scaled = (number * Self.powers[precision]).rounded()
    return scaled.magnitude < Self.longFrom ? scaled / Self.powers[precision] : number
  }

  /// The reason why a style from a file is invalid; nil if it is valid.
  var problem: String? {
    let isPossible = [decimals, precision].allSatisfy { digits in
      digits.map { (0...Self.mostDecimals).contains($0) } ?? true
    }
    if !isPossible { return "decimals and precision must be from 0 to \(Self.mostDecimals)" }
    if let digits, decimals != 0 || !(2...Self.mostDigits).contains(digits) {
      return "digits must be from 2 to \(Self.mostDigits), with decimals 0"
    }
    if decimals == nil, notation != nil { return "a notation needs decimals" }
    return notation?.problem
  }

  /// Returns `number` rounded to the digits that are written, clamped to `range`.
  func rounded(_ number: Double, within range: ClosedRange<Double>) -> Double {
    min(max(rounded(number), range.lowerBound), range.upperBound)
  }

  /// Returns `number` as text.
  package func text(_ number: Double) -> String {
    var bytes: [UInt8] = []
    write(number, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Returns a number in units of the last decimal as text.
  package func text(units: Int128) -> String {
    var bytes: [UInt8] = []
    write(units: units, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends `number` as text to `bytes`.
  func write(_ number: Double, to bytes: inout [UInt8]) {
    guard let notation else { return writePlain(number, to: &bytes) }
    var plain: [UInt8] = []
    writePlain(number, to: &plain)
    notation.write(plain[...], to: &bytes)
  }

  /// Appends a number in units of the last decimal as text to `bytes`.
  func write(units: Int128, to bytes: inout [UInt8]) {
    var plain: [UInt8] = []
    write(magnitude: units.magnitude, isNegative: units < 0, decimals ?? 0, to: &plain)
    if let notation { notation.write(plain[...], to: &bytes) } else { bytes += plain }
  }

  private func writePlain(_ number: Double, to bytes: inout [UInt8]) {
    guard let decimals else { return bytes.append(contentsOf: Self.shortest(number).utf8) }
    let scaled = (number.magnitude * Self.powers[decimals]).rounded()
    guard scaled < Self.longFrom else {
      return bytes.append(contentsOf: longText(number, decimals).utf8)
    }
    write(magnitude: UInt64(scaled), isNegative: number < 0, decimals, to: &bytes)
  }

  /// Appends a number in units of the last decimal, in digits and a point.
  private func write<Magnitude: FixedWidthInteger>(
    magnitude: Magnitude, isNegative: Bool, _ decimals: Int, to bytes: inout [UInt8]
  ) {
    var rest = magnitude
    if isNegative, rest > 0 { bytes.append(UInt8(ascii: "-")) }
    var text: InlineArray<52, UInt8> = InlineArray(repeating: UInt8(ascii: "0"))
    var count = 0
    while rest > 0 || count <= decimals || count < digits ?? 0 {
      text[count] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
      count += 1
    }
    var end = 0
    if !isPadded { while end < decimals, text[end] == UInt8(ascii: "0") { end += 1 } }
    for place in stride(from: count - 1, through: end, by: -1) {
      if place == decimals - 1 { bytes.append(UInt8(ascii: ".")) }
      bytes.append(text[place])
    }
  }

  /// Returns the shortest text that identifies `number`, among 32-bit floats if it is one.
  private static func shortest(_ number: Double) -> String {
    let float = Float(number)
    let text = Double(float) == number ? float.description : number.description
    // Swift adds a point and a zero to integers.
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// The bound below which a `Double` times a power of ten rounds to the digits of the decimal number.
  ///
  /// Beyond it, the rounding of the `Double` and that of the product may add up to a wrong digit.
  private static let longFrom = 0x1p51

  /// Returns the shortest text that identifies `number`, which has more digits than ``longFrom`` allows.
  private func longText(_ number: Double, _ decimals: Int) -> String {
    // All numbers from 2⁵³ are integers, which Swift may write with an exponent. None is beyond `Float`.
    guard number.magnitude < 0x1p128 else { return "\(number)" }
    let text =
      number.magnitude < 0x1p53
      ? "\(number)" : (number < 0 ? "-" : "") + "\(UInt128(number.magnitude))"
    let parts = text.split(separator: ".")
    var fraction = parts.count == 2 && parts[1] != "0" ? String(parts[1]) : ""
    if fraction.count > decimals { return number.fixed(decimals) }
    if isPadded { fraction += String(repeating: "0", count: decimals - fraction.count) }
    return fraction.isEmpty ? String(parts[0]) : "\(parts[0]).\(fraction)"
  }

  private static let powers: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12,
  ]

  /// Returns 10^`decimals`.
  static func power(_ decimals: Int) -> Double { powers[decimals] }
}
