extension Column {
  /// Returns the numbers minus `origin` as `Float`, with NaN for a missing cell; nil for categories.
  ///
  /// - Parameter origin: The ``floatOrigin`` of this column, or of a column to compare it with.
  package func floats(from origin: Origin) -> [Float]? {
    switch cells {
    case .numbers(let numbers): return numbers.map { Float($0 - origin.number) }
    case .exact(let units):
      let power = CellStyle.power(style.decimals ?? 0)
      // The origin of a column with other decimals has other units.
      let isExact = origin.decimals == style.decimals
      return units.map { unit in
        if unit == Self.missingUnits { return .nan }
        return isExact
          ? Float(unit.difference(from: origin.units) / power)
          : Float(Double(unit) / power - origin.number)
      }
    case .categories: return nil
    }
  }

  /// A number to subtract from the numbers of a column before these become `Float`.
  package struct Origin: Sendable {
    let number: Double
    let units: Int128
    let decimals: Int?
  }

  /// The number to subtract so that `Float` keeps the differences between the numbers of the column.
  ///
  /// The least number if `Float` would round the differences away, or if the numbers are exact; 0 otherwise.
  package var floatOrigin: Origin {
    switch cells {
    case .numbers(let numbers):
      let present = numbers.lazy.filter { !$0.isNaN }
      guard let least = present.min(), let greatest = present.max() else { break }
      // With fewer than 2¹² steps of `Float` between the ends, the values between them are coarse.
      let isCoarse = greatest - least < max(abs(least), abs(greatest)) * 0x1p-11
      return Origin(number: isCoarse ? least : 0, units: 0, decimals: nil)
    case .exact(let units):
      guard let least = units.lazy.filter({ $0 != Self.missingUnits }).min() else { break }
      return Origin(
        number: Double(least) / CellStyle.power(style.decimals ?? 0), units: least,
        decimals: style.decimals)
    case .categories: break
    }
    return Origin(number: 0, units: 0, decimals: nil)
  }

  /// The origin for ``floats(from:)`` in the style of the column; nil if it is 0.
  package var originText: String? {
    let origin = floatOrigin
    if origin.number == 0 { return nil }
    if origin.decimals != nil { return style.text(units: origin.units) }
    return style.text(origin.number)
  }
}
