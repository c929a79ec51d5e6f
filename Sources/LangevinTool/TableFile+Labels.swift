import Checkpoints
import Files
import Tables

extension RunConfiguration {
  /// The name of the column that a file of labels becomes.
  static let labelColumn = "label"
}

extension TableFile {
  /// The table that it holds, and behind it the labels that another file has for its rows.
  func table(_ options: TableOptions, labels: TableFile?) throws -> Table {
    guard let labels else { return try table(options) }
    // Labels are not among the columns of the table itself.
    var own = options
    own.categorical.remove(RunConfiguration.labelColumn)
    let table = try table(own)
    let column = try labels.labelColumn()
    if column.cells.count != table.rowCount {
      throw ToolError(
        """
        \(labels.path.printable): it has \(column.cells.count) labels for \(table.rowCount) rows of \
        \(path.printable); give each row one
        """)
    }
    if table.column(column.name) != nil {
      throw ToolError(
        """
        \(path.printable): it has a column \(column.name), as labels of another file would be called; make that \
        one a --condition, or --drop it
        """)
    }
    return table.appending(column)
  }

  /// The only column of a file of labels, as categories.
  private func labelColumn() throws -> Column {
    let names = try table().columns.map(\.name)
    guard names.count == 1 else {
      throw ToolError(
        "\(path.printable): it has \(names.count) columns, and labels are one; give it one for each row"
      )
    }
    var options = TableOptions()
    options.categorical = Set(names)
    let column = try table(options).columns[0]
    return Column(RunConfiguration.labelColumn, column.cells, style: column.style)
  }
}
