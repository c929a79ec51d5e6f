extension Double {
  /// Returns the number with `decimals` digits after the decimal point.
  ///
  /// Infinities, NaN and numbers of magnitude 10^(18 - decimals) or more keep Swift's own format.
  package func fixed(_ decimals: Int) -> String {
    let factor = (0..<decimals).reduce(1.0) { power, _ in 10 * power }
    let scaled = (magnitude * factor).rounded()
    // Also false for infinities and NaN.
    guard scaled < 1e18 else { return "\(self)" }
    var digits = "\(Int(scaled))"
    if decimals > 0 {
      digits = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
      digits.insert(".", at: digits.index(digits.endIndex, offsetBy: -decimals))
    }
    return self < 0 && scaled > 0 ? "-" + digits : digits
  }
}
