import LangevinErrors
import LinearAlgebra
internal import LangevinFiles

extension TableFile {
  /// The name of the column for the labels of another file.
  package static let labelColumn = "label"

  /// Parses the contents as a table, and appends the labels of another file as the categorical column
  /// ``labelColumn``.
  ///
  /// - Throws: ``TableError`` if a file is not a table, if the labels are not one column with a cell for each
  ///   row, or if the table already has a column of that name.
  package func table(
    _ options: TableOptions = TableOptions(), labels: TableFile?
  ) throws(TableError) -> Table {
    try read(options, labels: labels).table
  }

  /// Parses the contents as ``table(_:labels:)`` does, and returns the table with notes for the user.
  package func read(
    _ options: TableOptions, labels: TableFile?
  ) throws(TableError) -> (table: Table, notes: [TableNote]) {
    guard let labels else { return try read(options) }
    // The options may name the label column, which is not in this file.
    var own = options
    own.categorical.remove(Self.labelColumn)
    let (table, notes) = try read(own)
    let column = try labels.column()
    if column.cells.count != table.rowCount {
      throw .file(
        path: labels.path,
        .format(
          """
          it has \(column.cells.count) labels for \(table.rowCount) rows of \(path.printable); write one \
          label for each row
          """))
    }
    if table.column(column.name) != nil {
      throw .file(
        path: path,
        .format(
          """
          it has a column named \(column.name), the name for labels from another file; make that column a \
          condition, or drop it
          """))
    }
    return (table.appending(column), notes)
  }

  /// The layout of the cells in the file; nil for lines with commas.
  package var layout: TableLayout? {
    get throws(TableError) {
      do throws(TableError) {
        if isCSV {
          let layout = TableLayout.csv(
            separator: String(UnicodeScalar(try CSVLayout.separator(of: bytes))))
          return layout == .csv() ? nil : layout
        }
        let header = try NPY.start(of: bytes)
        return .npy(element: header.element.rawValue, rowShape: header.rowShape)
      } catch {
        throw .file(path: path, error)
      }
    }
  }

  /// Returns the only column of a file of labels, as categories.
  private func column() throws(TableError) -> Column {
    let names = try table().columns.map(\.name)
    guard names.count == 1 else {
      throw .file(
        path: path,
        .format("it has \(names.count) columns, but labels need one; write one label for each row"))
    }
    var options = TableOptions()
    options.categorical = Set(names)
    let column = try table(options).columns[0]
    return Column(Self.labelColumn, column.cells, style: column.style)
  }
}
