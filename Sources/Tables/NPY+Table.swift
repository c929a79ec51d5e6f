import LinearAlgebra

extension NPY {
  /// Returns the numbers of `table` as an array.
  ///
  /// A table that comes from an array keeps its element type, and its shape of rows if this still fits.
  /// Another table becomes an array of rows × columns, of the first of the types `<f4`, `<f8` and `<i8` that
  /// keeps all numbers as the table writes them. A missing cell becomes NaN.
  ///
  /// - Throws: ``TableError`` if a column has texts that are not numbers, or if the type cannot represent a
  ///   cell.
  package static func bytes(of table: Table) throws(TableError) -> [UInt8] {
    var columns: [Column] = []
    for column in table.columns { columns.append(try column.asNumbers()) }
    let (element, rowShape) = format(of: table.layout, columns)
    var header = [rowShape.count == 0 ? "\(table.rowCount)," : "\(table.rowCount)"]
    header += rowShape.map { "\($0)" }
    var bytes = start(type: element.rawValue, shape: "(\(header.joined(separator: ", ")))")
    bytes.reserveCapacity(bytes.count + table.rowCount * columns.count * element.size)
    for row in 0..<table.rowCount {
      for (index, column) in columns.enumerated() {
        guard column.append(row, as: element, to: &bytes) else {
          throw .element(
            row: row, column: index,
            """
            column \(TableError.quoted(column.name)) has \
            \(column.isMissing(row) ? "a missing cell" : "a number"), which an array of type \
            \(element.rawValue) cannot hold; write the table as CSV
            """)
        }
      }
    }
    return bytes
  }

  private static func format(
    of layout: TableLayout, _ columns: [Column]
  ) -> (NPYElement, rowShape: [Int]) {
    if case .npy(let type, let rowShape) = layout, let element = NPYElement(rawValue: type) {
      // Without some columns, or with others, a row has another shape.
      return (element, rowShape.reduce(1, *) == columns.count ? rowShape : [columns.count])
    }
    let types: [NPYElement] = [.float32, .float64, .int64]
    let element = types.first { type in columns.allSatisfy { $0.isKept(by: type) } }
    return (element ?? .float64, [columns.count])
  }
}

extension Column {
  /// Returns the column as numbers; the texts of categories must all be numbers.
  fileprivate func asNumbers() throws(TableError) -> Column {
    guard case .categories(let codes, let names) = cells else { return self }
    // Integers first, since they may have more digits than `Double` keeps.
    let texts = names.map { Array($0.utf8) }
    let units = texts.compactMap { Decimal($0[...])?.units($0[...], decimals: 0) }
    if units.count == names.count {
      return Column(
        name, .exact(codes.map { $0 < 0 ? Self.missingUnits : units[Int($0)] }),
        style: CellStyle(decimals: 0))
    }
    let numbers = names.compactMap { Double($0) }
    guard numbers.count == names.count else {
      throw .format(
        """
        column \(TableError.quoted(name)) has texts, but an array has only numbers; write the table as CSV
        """)
    }
    return Column(name, .numbers(codes.map { $0 < 0 ? .nan : numbers[Int($0)] }))
  }

  /// Appends the number in `row` to `bytes`; returns false if the type cannot represent it.
  fileprivate func append(_ row: Int, as element: NPYElement, to bytes: inout [UInt8]) -> Bool {
    if isMissing(row) { return appendMissing(as: element, to: &bytes) }
    switch cells {
    case .numbers(let numbers): return element.append(numbers[row], to: &bytes)
    case .exact(let units):
      guard let decimals = style.decimals, decimals > 0 else {
        return element.append(units[row], to: &bytes)
      }
      return element.isFloat
        && element.append(Double(units[row]) / CellStyle.power(decimals), to: &bytes)
    case .categories: return false
    }
  }

  /// Appends the number that stands for a missing cell: the one of the style, or NaN.
  private func appendMissing(as element: NPYElement, to bytes: inout [UInt8]) -> Bool {
    let word = Array(style.missing.utf8)[...]
    guard let decimal = Decimal(word) else { return element.append(.nan, to: &bytes) }
    if let integer = decimal.units(word, decimals: 0) { return element.append(integer, to: &bytes) }
    return element.append(decimal.value ?? .nan, to: &bytes)
  }

  /// Returns whether the type keeps all cells as the column writes them.
  fileprivate func isKept(by element: NPYElement) -> Bool {
    switch cells {
    case .numbers(let numbers):
      numbers.allSatisfy { number in
        switch element {
        case .float32:
          number.isNaN || style.decimals == nil
            || number.magnitude < 0x1p24
              && style.text(Double(Float(number))) == style.text(number)
        case .float64: true
        default: number == number.rounded() && abs(number) <= 0x1p53
        }
      }
    case .exact(let units):
      units.allSatisfy { unit in
        if unit == Self.missingUnits { return element.isFloat }
        var bytes: [UInt8] = []
        return (style.decimals ?? 0) == 0 && element.append(unit, to: &bytes)
      }
    case .categories: false
    }
  }
}
