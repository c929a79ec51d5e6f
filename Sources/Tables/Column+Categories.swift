extension Column {
  /// Returns the column with its numbers as categories, named by their texts.
  func categories() throws(TableError) -> Column {
    switch cells {
    case .categories: self
    case .numbers(let numbers):
      try categories(of: numbers) { style.text($0) }
    case .exact(let units):
      try categories(of: units) { style.text(units: $0) }
    }
  }

  /// Returns a column of `values` as categories in ascending order.
  private func categories<Value: Hashable & Comparable>(
    of values: [Value], text: (Value) -> String
  ) throws(TableError) -> Column {
    let present = Set(values.indices.lazy.filter { !isMissing($0) }.map { values[$0] }).sorted()
    if present.count > ColumnReader.mostCategories {
      throw ColumnReader.tooManyCategories(name, areRequested: true)
    }
    var codes: [Value: Int32] = [:]
    for (code, value) in present.enumerated() { codes[value] = Int32(code) }
    return Column(
      name,
      .categories(
        values.indices.map { isMissing($0) ? -1 : codes[values[$0]] ?? -1 },
        names: present.map(text)),
      style: style)
  }
}
