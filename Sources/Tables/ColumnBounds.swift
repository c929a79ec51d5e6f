extension Column {
  /// The least and the greatest number, in the style of the column; nil for categories, or if all cells are
  /// missing.
  package var bounds: (least: String, greatest: String)? {
    switch cells {
    case .numbers(let numbers):
      let present = numbers.lazy.filter { !$0.isNaN }
      guard let least = present.min(), let greatest = present.max() else { return nil }
      return (style.text(least), style.text(greatest))
    case .exact(let units):
      let present = units.lazy.filter { $0 != Self.missingUnits }
      guard let least = present.min(), let greatest = present.max() else { return nil }
      return (style.text(units: least), style.text(units: greatest))
    case .categories: return nil
    }
  }
}

extension ColumnEncoding {
  /// The least and the greatest number that a cell can have, in the style of the column; nil for categories.
  package var bounds: (least: String, greatest: String)? {
    if categories != nil { return nil }
    if let units = quantiles?.units, let least = units.first, let greatest = units.last {
      return (style.text(units: least), style.text(units: greatest))
    }
    return (style.text(range.lowerBound), style.text(range.upperBound))
  }
}
