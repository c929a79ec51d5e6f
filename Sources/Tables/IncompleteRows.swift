import LangevinPreconditions
package import LinearAlgebra

/// Rows of a table with missing cells to fill in, in the coordinates of a ``TableEncoding``.
package struct IncompleteRows: Sendable {
  /// A cell that is missing.
  package struct MissingCell: Sendable {
    /// The index of its row.
    package let row: Int
    /// The index of its column among those of the encoding.
    package let column: Int
  }

  /// The encoding of the columns as coordinates.
  package let encoding: TableEncoding
  /// The coordinates of each row; 0 for those of a missing cell.
  package private(set) var coordinates: Matrix<Float>
  /// 1 for each known coordinate, and 0 for each unknown one.
  package private(set) var known: Matrix<Float>
  /// The cells to fill in.
  package let missingCells: [MissingCell]
  /// The indices of the rows with missing cells, in ascending order.
  package let incompleteRows: [Int]

  /// Encodes `rows`, which have a cell for each column of `encoding`. `random` draws the place of a cell
  /// within a step of its distribution.
  init(
    _ rows: [[Cell]], missingCells: [MissingCell], _ encoding: TableEncoding, random: RandomStream
  ) {
    self.encoding = encoding
    self.missingCells = missingCells
    incompleteRows = Set(missingCells.map(\.row)).sorted()
    coordinates = Matrix<Float>(rows: rows.count, columns: encoding.width)
    known = Matrix<Float>(rows: rows.count, columns: encoding.width) { _, _ in 1 }
    let choices = random.uniform(rows: rows.count, columns: encoding.width)
    let ranges = encoding.ranges
    for (row, cells) in rows.enumerated() {
      var line = coordinates.mutableRow(row)
      for (column, cell) in cells.enumerated() {
        encoding.columns[column].encode(
          cell, to: &line, at: ranges[column].lowerBound,
          choices.row(row).extracting(ranges[column]))
      }
    }
    for missingCell in missingCells {
      let column = encoding.columns[missingCell.column]
      let start = ranges[missingCell.column].lowerBound
      for index in 0..<column.valueWidth {
        coordinates[missingCell.row, start + index] = 0
        known[missingCell.row, start + index] = 0
      }
      // The filled cell is present, so its indicator is known.
      if let missing = column.missing {
        let place = Double(choices[missingCell.row, start])
        coordinates[missingCell.row, start + column.valueWidth] = Float(
          missing.encode(0, place: place))
      }
    }
  }

  /// Returns the contents of each missing cell: the mean of the numbers drawn for it, or the category drawn
  /// most often.
  ///
  /// - Parameter draws: The coordinates of ``incompleteRows``, several draws of each row in succession.
  func cells(from draws: Matrix<Float>) -> [Cell] {
    let count = incompleteRows.count
    if count == 0 { return [] }
    let each = draws.rows / count
    require(
      draws.rows == each * count && draws.columns == encoding.width && each > 0,
      """
      IncompleteRows: draws of \(draws.rows) × \(draws.columns) for \(count) rows of \(encoding.width) \
      coordinates
      """)
    let places = Dictionary(uniqueKeysWithValues: zip(incompleteRows, 0...))
    let ranges = encoding.ranges
    return missingCells.map { missingCell in
      let column = encoding.columns[missingCell.column]
      let first = (places[missingCell.row] ?? 0) * each
      return column.typical(
        (0..<each).map { draw in
          column.value(draws.row(first + draw), at: ranges[missingCell.column].lowerBound)
        })
    }
  }
}

extension TableEncoding {
  /// Returns the rows of `table` with their missing cells, and the table with the encoding's columns.
  ///
  /// A column that `table` lacks is missing in all rows. A model cannot fill in a condition, so a missing
  /// condition is an error unless the model was trained with missing ones.
  ///
  /// - Throws: ``TableError`` if a column or a category is unknown, or a condition is missing.
  package func incompleteRows(
    of table: Table, random: RandomStream
  ) throws(TableError) -> (rows: IncompleteRows, table: Table) {
    let table = try aligned(table, isIncomplete: true)
    var missingCells: [IncompleteRows.MissingCell] = []
    for row in 0..<table.rowCount {
      for (index, column) in table.columns.enumerated() where column.isMissing(row) {
        let encoding = columns[index]
        if !encoding.isCondition {
          missingCells.append(.init(row: row, column: index))
        } else if !encoding.hasMissing {
          throw .format(
            """
            row \(row + 1), column \(TableError.quoted(encoding.name)): the condition is missing, and the \
            model cannot fill it in; give its category
            """)
        }
      }
    }
    let rows = (0..<table.rowCount).map { row in table.columns.map { $0.cell(row) } }
    return (IncompleteRows(rows, missingCells: missingCells, self, random: random), table)
  }

  /// Returns `table` with the missing cells of `rows` filled from `draws`.
  package func filled(_ table: Table, _ rows: IncompleteRows, _ draws: Matrix<Float>) -> Table {
    let cells = rows.cells(from: draws)
    var columns = table.columns
    for (index, column) in columns.enumerated() {
      let own = zip(rows.missingCells, cells).filter { $0.0.column == index }
      if own.isEmpty { continue }
      let filled = Dictionary(uniqueKeysWithValues: own.map { ($0.0.row, $0.1) })
      columns[index] = self.columns[index].column(rows: table.rowCount) {
        filled[$0] ?? column.cell($0)
      }
    }
    return Table(columns, layout: table.layout)
  }
}

extension ColumnEncoding {
  /// Returns the mean or the most frequent category of `cells`, which is not empty.
  fileprivate func typical(_ cells: [Cell]) -> Cell {
    if isExact { return typicalOfExact(cells) }
    var sum = 0.0
    var counts: [Int: Int] = [:]
    for cell in cells {
      switch cell {
      case .number(let number): sum += number
      case .category(let code): counts[code, default: 0] += 1
      case .missing, .exact: break
      }
    }
    if kind == .numeric {
      return .number(style.rounded(sum / Double(cells.count), within: range))
    }
    let most = counts.values.max()
    return .category(counts.filter { $0.value == most }.keys.min() ?? 0)
  }

  /// Returns the mean of exact `cells`; it lies within the range of the column.
  private func typicalOfExact(_ cells: [Cell]) -> Cell {
    let units = cells.compactMap { cell -> Int128? in
      if case .exact(let units) = cell { units } else { nil }
    }
    guard let first = units.first else { return .missing }
    // Differences from the first are small, so `Double` loses less than with the units themselves.
    let sum = units.reduce(0.0) { $0 + $1.difference(from: first) }
    return .exact(first.advanced(byRounding: sum / Double(units.count)))
  }
}
