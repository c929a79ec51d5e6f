extension Double {
  /// Returns the number rounded to `digits` significant digits, in Swift's own format.
  package func significant(_ digits: Int) -> String {
    // Beyond these bounds, the powers of ten below would overflow.
    guard magnitude > 1e-290, magnitude < 1e290 else { return "\(self)" }
    var exponent = 0
    while magnitude >= power(10, Double(exponent + 1)) { exponent += 1 }
    while magnitude < power(10, Double(exponent)) { exponent -= 1 }
    let places = digits - 1 - exponent
    let unit = power(10, Double(abs(places)))
    let whole = (places < 0 ? self / unit : self * unit).rounded()
    // Reading decimal text rounds correctly, unlike arithmetic with inexact powers of ten.
    return "\(Double("\(Int(whole))e\(-places)") ?? self)"
  }
}
