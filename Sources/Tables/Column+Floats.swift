extension Column {
  /// The numbers, less `origin`, as `Float`; NaN is a missing cell. Nil if the column has categories.
  ///
  /// - Parameter origin: The ``floatOrigin`` of this column, or of one that it is compared with.
  package func floats(from origin: Origin) -> [Float]? {
    switch cells {
    case .numbers(let numbers): return numbers.map { Float($0 - origin.number) }
    case .exact(let units):
      let power = CellStyle.power(style.decimals ?? 0)
      // That of a column of other decimals is not an integer of the same units.
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

  /// A number that is subtracted from those of a column before they become `Float`.
  package struct Origin: Sendable {
    let number: Double
    let units: Int128
    let decimals: Int?
  }

  /// Where numbers begin whose differences `Float` would round away: their least. 0 for others.
  package var floatOrigin: Origin {
    switch cells {
    case .numbers(let numbers):
      let present = numbers.lazy.filter { !$0.isNaN }
      guard let least = present.min(), let greatest = present.max() else { break }
      // With fewer than 2¹² steps of `Float` between the ends, what is between these is coarse.
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

  /// The number that ``floats(from:)`` subtracts, as the column writes it; nil if that is 0.
  package var originText: String? {
    let origin = floatOrigin
    if origin.number == 0 { return nil }
    if origin.decimals != nil { return style.text(units: origin.units) }
    return style.text(origin.number)
  }
}
