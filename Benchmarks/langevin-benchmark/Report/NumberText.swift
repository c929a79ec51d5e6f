/// The format of numbers in tables.
enum NumberText {
  /// Returns `value` with `decimals` digits after the decimal point and spaces between thousands.
  static func fixed(_ value: Double, _ decimals: Int) -> String {
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    let scaled = (value.magnitude * scale).rounded()
    guard scaled < 1e15 else { return "\(value)" }
    let digits = Int(scaled)
    let whole = grouped(digits / Int(scale))
    let sign = value < 0 && digits > 0 ? "-" : ""
    if decimals == 0 { return sign + whole }
    let fraction = String(digits % Int(scale))
    let zeros = String(repeating: "0", count: decimals - fraction.count)
    return "\(sign)\(whole).\(zeros)\(fraction)"
  }

  /// Returns `value` with one digit after the decimal point, or none if it is whole.
  static func short(_ value: Double) -> String { fixed(value, value == value.rounded() ? 0 : 1) }

  /// Returns `count` and `name`, with a plural s unless `count` is 1.
  static func count(_ count: Int, _ name: String) -> String {
    count == 1 ? "1 \(name)" : "\(count) \(name)s"
  }

  /// Returns the fraction `part` as a percentage.
  static func percent(_ part: Double) -> String { fixed(part * 100, 0) + " %" }

  /// Returns `seconds` in microseconds.
  static func microseconds(_ seconds: Double) -> String { fixed(seconds * 1e6, 1) }

  private static func grouped(_ whole: Int) -> String {
    var groups = String(whole)
    var end = groups.endIndex
    while groups.distance(from: groups.startIndex, to: end) > 3 {
      end = groups.index(end, offsetBy: -3)
      groups.insert(" ", at: end)
    }
    return groups
  }
}
