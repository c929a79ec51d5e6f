/// Numbers as tables show them.
enum NumberText {
  /// `value` with `decimals` digits behind the point, and spaces between thousands.
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

  /// `value` with one digit behind the point, or none if it is whole.
  static func short(_ value: Double) -> String { fixed(value, value == value.rounded() ? 0 : 1) }

  /// So many things of one name, which takes an s unless there is one.
  static func count(_ count: Int, _ name: String) -> String {
    count == 1 ? "1 \(name)" : "\(count) \(name)s"
  }

  /// A part of 1 in percent.
  static func percent(_ part: Double) -> String { fixed(part * 100, 0) + " %" }

  /// `seconds` in millionths.
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
