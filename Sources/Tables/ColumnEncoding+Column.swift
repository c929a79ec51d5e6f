import LangevinErrors
internal import LangevinFiles

extension ColumnEncoding {
  /// Returns a column of `rows` cells, which `cell` returns.
  func column(rows: Int, _ cell: (Int) -> Cell) -> Column {
    switch kind {
    case .numeric where isExact:
      return Column(
        name,
        .exact(
          (0..<rows).map { row in
            if case .exact(let units) = cell(row) { units } else { Column.missingUnits }
          }), style: style)
    case .numeric:
      return Column(
        name,
        .numbers(
          (0..<rows).map { row in
            if case .number(let number) = cell(row) { number } else { .nan }
          }), style: style)
    case .categorical:
      return Column(
        name,
        .categories(
          (0..<rows).map { row in
            if case .category(let code) = cell(row) { Int32(code) } else { -1 }
          }, names: categories ?? []), style: style)
    }
  }

  /// Returns `column` with the encoding's indices of categories and its style.
  ///
  /// In an incomplete column, any cell may be missing.
  ///
  /// - Throws: ``TableError`` if the column has another kind, an unknown category, or a missing cell where
  ///   the encoding's data has none.
  func aligned(_ column: Column, isIncomplete: Bool = false) throws(TableError) -> Column {
    if column.missingCount == column.cells.count, isIncomplete || hasMissing {
      // A column without values has no kind.
      return self.column(rows: column.cells.count) { _ in .missing }
    }
    switch (column.cells, categories) {
    case (.numbers, nil), (.exact, nil): break
    case (.categories(let codes, let names), let known?):
      var places: [Int32] = []
      for name in names {
        guard let place = known.firstIndex(of: name) else {
          throw .format(
            """
            column \(TableError.quoted(column.name)): the category \(TableError.quoted(name)) is unknown; \
            the known ones are \(known.prefix(10).map(\.printable).joined(separator: ", "))\
            \(known.count > 10 ? ", …" : ""): change it, or leave out the row or the column
            """)
        }
        places.append(Int32(place))
      }
      try requireCells(column, isIncomplete)
      return Column(
        name, .categories(codes.map { $0 < 0 ? -1 : places[Int($0)] }, names: known), style: style)
    default:
      throw .format(
        "column \(TableError.quoted(column.name)) is \(column.kind), but \(kind) in the original data"
      )
    }
    try requireCells(column, isIncomplete)
    return Column(name, isExact ? exactCells(column) : column.rounded().cells, style: style)
  }

  /// Throws if a cell is missing although the encoding's data has no missing cells in the column.
  private func requireCells(_ column: Column, _ isIncomplete: Bool) throws(TableError) {
    if isIncomplete || hasMissing { return }
    if let row = (0..<column.cells.count).first(where: column.isMissing) {
      throw .format(
        """
        column \(TableError.quoted(column.name)): the cell in row \(row + 1) is missing, but no cell of the \
        original data is; fill it in, or leave out the row or the column
        """)
    }
  }

  /// Returns the cells of a numeric column in units of the encoding's last decimal; numbers with more
  /// decimals are rounded.
  private func exactCells(_ column: Column) -> Column.Cells {
    let decimals = style.decimals ?? 0
    switch column.cells {
    case .exact(let units):
      let difference = decimals - (column.style.decimals ?? 0)
      if difference == 0 { return column.cells }
      return .exact(
        units.map { $0 == Column.missingUnits ? $0 : $0.scaled(byPowerOfTen: difference) })
    case .numbers(let numbers):
      let power = CellStyle.power(decimals)
      return .exact(
        numbers.map { number in
          number.isNaN ? Column.missingUnits : Int128(clampedRounding: number * power)
        })
    case .categories: return column.cells
    }
  }
}

extension Column {
  /// Returns the column with exact numbers rounded to the nearest `Double`.
  func rounded() -> Column {
    guard case .exact(let units) = cells else { return self }
    let power = CellStyle.power(style.decimals ?? 0)
    return Column(
      name, .numbers(units.map { $0 == Self.missingUnits ? .nan : Double($0) / power }),
      style: style)
  }
}
