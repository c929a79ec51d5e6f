import LangevinPreconditions
import LinearAlgebra

/// How a column writes its cells, as the file that it is from does.
package struct CellStyle: Codable, Sendable, Hashable {
  /// Digits behind the point that are written; nil for as many as tell a number from its neighbors, of 32
  /// bits if it is one of these, and else of 64.
  package var decimals: Int?
  /// Digits behind the point that may be others than 0: none if 3.0 stands for an integer.
  package var precision: Int?
  /// Whether numbers have all ``decimals``, as 3.50, or no zeros at their end, as 3.5.
  package var isPadded: Bool
  /// What stands for a missing cell.
  package var missing: String
  /// How many digits an integer has at least, zeros before the others, as 00501 has five; nil for as many as
  /// it needs.
  package var digits: Int?
  /// What is written around and between digits; nil if that is a point at most.
  package var notation: NumberNotation?

  /// A style; by default that of numbers in full. There are at most 12 digits behind the point.
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

  /// The most digits behind the point that a `Double` can be rounded to.
  static let mostDecimals = 12

  /// The most digits that an integer is filled up to.
  static let mostDigits = 38

  /// `number` with no more digits than are written.
  package func rounded(_ number: Double) -> Double {
    guard let precision else { return Double(Float(number)) }
    if precision == 0 { return number.rounded() }
    // The nearest to the decimal number itself, as reading it again gives: a quotient of two integers.
    let scaled = (number * Self.powers[precision]).rounded()
    return scaled.magnitude < Self.longFrom ? scaled / Self.powers[precision] : number
  }

  /// What is wrong with one that was read from a file; nil if nothing is.
  var problem: String? {
    let isPossible = [decimals, precision].allSatisfy { digits in
      digits.map { (0...Self.mostDecimals).contains($0) } ?? true
    }
    if !isPossible { return "decimals and precision must be from 0 to \(Self.mostDecimals)" }
    if let digits, decimals != 0 || !(2...Self.mostDigits).contains(digits) {
      return "digits must be from 2 to \(Self.mostDigits), and decimals 0 then"
    }
    if decimals == nil, notation != nil { return "a notation needs decimals" }
    return notation?.problem
  }

  /// The same, not beyond `range` by that.
  func rounded(_ number: Double, within range: ClosedRange<Double>) -> Double {
    min(max(rounded(number), range.lowerBound), range.upperBound)
  }

  /// `number` as text.
  package func text(_ number: Double) -> String {
    var bytes: [UInt8] = []
    write(number, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// An integer in units of the last decimal as text.
  package func text(units: Int128) -> String {
    var bytes: [UInt8] = []
    write(units: units, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends `number` as text.
  func write(_ number: Double, to bytes: inout [UInt8]) {
    guard let notation else { return writePlain(number, to: &bytes) }
    var plain: [UInt8] = []
    writePlain(number, to: &plain)
    notation.write(plain[...], to: &bytes)
  }

  /// Appends an integer in units of the last decimal as text.
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

  /// Appends a number of units of the last decimal.
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

  /// The shortest text that tells `number` from its neighbors.
  private static func shortest(_ number: Double) -> String {
    let float = Float(number)
    let text = Double(float) == number ? float.description : number.description
    // Swift adds a point and a zero to integers.
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// Up to here, all digits of a decimal number as an integer are what its `Double` times a power of ten is
  /// rounded to; beyond, the two roundings before may add up to another.
  private static let longFrom = 0x1p51

  /// `number`, of more digits than ``longFrom`` allows, as the shortest text that tells it from its neighbors.
  private func longText(_ number: Double, _ decimals: Int) -> String {
    // From 2⁵³ on all are integers, which Swift may write with an exponent; none is beyond `Float`.
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

  /// 10^`decimals`.
  static func power(_ decimals: Int) -> Double { powers[decimals] }
}
