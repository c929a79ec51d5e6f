extension Int128 {
  /// Rounds `number` to the nearest integer, clamped to ±(2¹²⁷ - 1): never ``Column/missingUnits``. NaN
  /// becomes 0.
  init(clampedRounding number: Double) {
    let rounded = number.rounded()
    // 2¹²⁷ itself is out of range.
    self =
      rounded >= 0x1p127 ? .max : rounded <= -0x1p127 ? -.max : rounded.isNaN ? 0 : Int128(rounded)
  }

  /// Returns the difference `self - other`, rounded to `Double`.
  func difference(from other: Int128) -> Double {
    let (difference, overflow) = subtractingReportingOverflow(other)
    return overflow ? Double(self) - Double(other) : Double(difference)
  }

  /// Returns `self` plus the integer nearest to `distance`, clamped to ±(2¹²⁷ - 1).
  func advanced(byRounding distance: Double) -> Int128 {
    let (sum, overflow) = addingReportingOverflow(Int128(clampedRounding: distance))
    return overflow ? (distance < 0 ? -.max : .max) : sum
  }

  /// Returns `self` times a power of ten, rounded toward 0 and clamped to ±(2¹²⁷ - 1).
  func scaled(byPowerOfTen power: Int) -> Int128 {
    var result = self
    for _ in 0..<abs(power) {
      if power < 0 {
        result /= 10
      } else {
        let (product, overflow) = result.multipliedReportingOverflow(by: 10)
        if overflow { return result < 0 ? -.max : .max }
        result = product
      }
    }
    return result
  }
}
