extension Double {
  /// Returns the number rounded to `digits` significant digits, in Swift's own format.
  package func significant(_ digits: Int) -> String {
    // Beyond these bounds, the powers of ten below would overflow.
    guard magnitude > 1e-290, magnitude < 1e290 else { return "\(self)" }
    var exponent = 0
    while magnitude >= power(10, Double(exponent + 1)) { exponent += 1 }
    while magnitude < power(10, Double(exponent)) { exponent -= 1 }
    let places = digits - 1 - exponent
    // Multiply or divide by a power of ten above 1, as only those are exact.
    let unit = power(10, Double(abs(places)))
    return "\(places < 0 ? (self / unit).rounded() * unit : (self * unit).rounded() / unit)"
  }
}
