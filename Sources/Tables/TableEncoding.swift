internal import Files
public import LinearAlgebra

/// How a table becomes a matrix of coordinates, about normal each, and how samples of such become a table
/// of the same columns and formats again: integers as integers, nothing beyond the bounds of the data,
/// categories as their texts, missing cells as often as they were.
public struct TableEncoding: Codable, Sendable, Hashable {
  /// The columns, in the table's order.
  public let columns: [ColumnEncoding]

  /// That of `table`, which has at least one cell that is not missing in each column.
  public init(_ table: Table) {
    columns = table.columns.map { ColumnEncoding($0) }
  }

  /// Columns of the matrix.
  public var width: Int { columns.reduce(0) { $0 + $1.width } }

  /// Which columns of the matrix hold each column's coordinates.
  public var ranges: [Range<Int>] {
    var start = 0
    return columns.map { column in
      defer { start += column.width }
      return start..<start + column.width
    }
  }

  /// The coordinates of each row of `table`, whose columns have the names and kinds of this.
  ///
  /// Where a cell leaves a choice, within the steps of a distribution, `random` makes it.
  ///
  /// - Throws: ``TableError`` if a column or category is not among those of this.
  public func encode(_ table: Table, random: RandomStream) throws(TableError) -> Matrix {
    let table = try aligned(table)
    var result = Matrix(rows: table.rowCount, columns: width)
    let choices = random.uniform(rows: table.rowCount, columns: width)
    for (column, (encoding, range)) in zip(table.columns, zip(columns, ranges)) {
      for row in 0..<table.rowCount {
        var coordinates = result.mutableRow(row)
        encoding.encode(
          column.cell(row), to: &coordinates, at: range.lowerBound,
          choices.row(row).extracting(range))
      }
    }
    return result
  }

  /// The table of which `matrix` holds the coordinates.
  public func decode(_ matrix: Matrix) -> Table {
    precondition(
      matrix.columns == width,
      "TableEncoding: \(matrix.columns) columns of coordinates, not \(width)")
    return Table(
      zip(columns, ranges).map { encoding, range in
        encoding.column(rows: matrix.rows) { row in
          encoding.decode(matrix.row(row), at: range.lowerBound)
        }
      })
  }

  /// The columns of `table` in the order of this, with the numbers of these categories.
  private func aligned(_ table: Table) throws(TableError) -> Table {
    if let stranger = table.columns.first(where: { column in
      !columns.contains { $0.name == column.name }
    }) {
      throw .format(
        "column \(TableError.quoted(stranger.name)) is none of those that are known: \(knownNames)")
    }
    var result: [Column] = []
    for encoding in columns {
      guard let column = table.column(encoding.name) else {
        throw .format("column \(TableError.quoted(encoding.name)) is missing")
      }
      result.append(try encoding.aligned(column))
    }
    return Table(result)
  }

  private var knownNames: String {
    columns.prefix(20).map(\.name.printable).joined(separator: ", ")
      + (columns.count > 20 ? ", …" : "")
  }

  /// How a file has to be read to have the columns of this.
  public func options(_ options: TableOptions = TableOptions()) -> TableOptions {
    var options = options
    options.categorical = Set(columns.filter { $0.kind == .categorical }.map(\.name))
    options.numeric = Set(columns.filter { $0.kind == .numeric }.map(\.name))
    return options
  }

  /// What is wrong with one that was read from a file; nil if nothing is.
  public var problem: String? {
    if columns.isEmpty { return "it has no columns" }
    let texts = columns.flatMap { [$0.name] + ($0.categories ?? []) }
    if texts.contains(where: { $0.utf8.count > CSV.longestText }) {
      return "a name or category has more than \(CSV.longestText) bytes"
    }
    if Set(columns.map(\.name)).count != columns.count { return "two columns have one name" }
    for column in columns {
      if let problem = column.problem { return "column \(column.name.printable): \(problem)" }
    }
    return nil
  }
}
