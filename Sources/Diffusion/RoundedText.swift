import LinearAlgebra

/// Returns `value` with three significant digits.
func roundedText(_ value: Double) -> String {
  // Beyond these, the powers of ten below would overflow.
  guard value.isFinite, value.magnitude > 1e-290, value.magnitude < 1e290 else { return "\(value)" }
  var exponent = 0
  while abs(value) >= power(10, Double(exponent + 1)) { exponent += 1 }
  while abs(value) < power(10, Double(exponent)) { exponent -= 1 }
  let places = 2 - exponent
  // Multiply or divide by a power of ten above 1, as only those are exact.
  if places < 0 {
    let unit = power(10, Double(-places))
    return "\((value / unit).rounded() * unit)"
  }
  let unit = power(10, Double(places))
  return "\((value * unit).rounded() / unit)"
}
