extension Int128 {
  /// The integer that is nearest to `number`, or the end of the range; never ``Column/missingUnits``.
  init(clampedRounding number: Double) {
    let rounded = number.rounded()
    // 2¹²⁷ is beyond. NaN is no number of units.
    self =
      rounded >= 0x1p127 ? .max : rounded <= -0x1p127 ? -.max : rounded.isNaN ? 0 : Int128(rounded)
  }

  /// How far this is above `other`, as the nearest `Double`.
  func difference(from other: Int128) -> Double {
    let (difference, overflow) = subtractingReportingOverflow(other)
    return overflow ? Double(self) - Double(other) : Double(difference)
  }

  /// The integer that is nearest to `distance` above this, or the end of the range.
  func advanced(byRounding distance: Double) -> Int128 {
    let (sum, overflow) = addingReportingOverflow(Int128(clampedRounding: distance))
    return overflow ? (distance < 0 ? -.max : .max) : sum
  }

  /// This times a power of ten, rounded towards 0, or the end of the range.
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
