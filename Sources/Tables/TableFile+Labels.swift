import LangevinErrors
internal import LangevinFiles

extension TableFile {
  /// The name of the column that a file of labels becomes.
  package static let labelColumn = "label"

  /// The table that it holds, and behind it, as a column of categories ``labelColumn``, the labels that
  /// another file has for its rows.
  ///
  /// - Throws: ``TableError`` if one of the files is no table, if that of the labels has not one column with
  ///   a cell for each row, or if the table has a column of that name already.
  package func table(
    _ options: TableOptions = TableOptions(), labels: TableFile?
  ) throws(TableError) -> Table {
    try read(options, labels: labels).table
  }

  /// The same, and what its user may want to know of how it was read.
  package func read(
    _ options: TableOptions, labels: TableFile?
  ) throws(TableError) -> (table: Table, notes: [TableNote]) {
    guard let labels else { return try read(options) }
    // Labels are not among the columns of the table itself.
    var own = options
    own.categorical.remove(Self.labelColumn)
    let (table, notes) = try read(own)
    let column = try labels.column()
    if column.cells.count != table.rowCount {
      throw .file(
        path: labels.path,
        .format(
          """
          it has \(column.cells.count) labels for \(table.rowCount) rows of \(path.printable); give each \
          row one
          """))
    }
    if table.column(column.name) != nil {
      throw .file(
        path: path,
        .format(
          """
          it has a column \(column.name), as labels of another file would be called; make that one a \
          condition, or drop it
          """))
    }
    return (table.appending(column), notes)
  }

  /// How it lays out its cells; nil if that is text with commas.
  package var layout: TableLayout? {
    get throws(TableError) {
      do throws(TableError) {
        if isCSV {
          let layout = TableLayout.csv(
            separator: String(UnicodeScalar(try CSVLayout.separator(of: bytes))))
          return layout == .csv() ? nil : layout
        }
        let header = try NPYHeader(bytes)
        return .npy(element: header.element.rawValue, rowShape: header.rowShape)
      } catch {
        throw .file(path: path, error)
      }
    }
  }

  /// The only column of a file of labels, as categories.
  private func column() throws(TableError) -> Column {
    let names = try table().columns.map(\.name)
    guard names.count == 1 else {
      throw .file(
        path: path,
        .format("it has \(names.count) columns, and labels are one; give it one for each row"))
    }
    var options = TableOptions()
    options.categorical = Set(names)
    let column = try table(options).columns[0]
    return Column(Self.labelColumn, column.cells, style: column.style)
  }
}
