extension Column {
  /// The same cells as categories, which are the texts of its numbers.
  func categories() throws(TableError) -> Column {
    guard case .numbers(let numbers) = cells else { return self }
    let present = Set(numbers.filter { !$0.isNaN }).sorted()
    if present.count > ColumnReader.mostCategories { throw ColumnReader.tooManyCategories(name) }
    var codes: [Double: Int32] = [:]
    for (code, number) in present.enumerated() { codes[number] = Int32(code) }
    return Column(
      name,
      .categories(
        numbers.map { $0.isNaN ? -1 : codes[$0] ?? -1 }, names: present.map { style.text($0) }),
      style: style)
  }
}
