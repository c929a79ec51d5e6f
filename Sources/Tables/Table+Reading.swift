import LinearAlgebra

extension Table {
  /// The table in the CSV or NPY file at `path`.
  public init(
    path: String, options: TableOptions = TableOptions(), sizeLimit: Int = 1 << 32
  ) throws(TableError) {
    self = try TableFile(path, sizeLimit: sizeLimit).table(options)
  }

  /// The table that `bytes` hold: CSV in UTF-8, with names in its first line or none.
  ///
  /// The first line has names if none of its cells is a number; without any, columns are named x0, x1 ….
  /// A column is numeric if all cells that are not missing are decimal numbers, and otherwise
  /// categorical; one of many different texts, or of a stray text among numbers, is an error that names
  /// the cell. There are at least two rows.
  public init(csv bytes: [UInt8], options: TableOptions = TableOptions()) throws(TableError) {
    var survey = try TableSurvey(bytes, options)
    self = try survey.table()
  }

  /// The columns of `matrix`, named x0, x1 ….
  init(_ matrix: Matrix, _ options: TableOptions) throws(TableError) {
    if matrix.rows < 2 {
      throw .format("it has one row, from which nothing can be learned; add rows")
    }
    let names = (0..<matrix.columns).map { "x\($0)" }
    try options.requireColumns(in: names)
    var columns: [Column] = []
    for (index, name) in names.enumerated() where !options.dropped.contains(name) {
      let numbers = (0..<matrix.rows).map { Double(matrix[$0, index]) }
      let isWhole = numbers.allSatisfy { $0 == $0.rounded() && abs($0) < 1e15 }
      let style = CellStyle(decimals: isWhole ? 0 : nil)
      let column = Column(name, .numbers(numbers), style: style)
      columns.append(options.categorical.contains(name) ? try column.categories() : column)
    }
    if columns.isEmpty { throw .format("no column is left; drop fewer") }
    self.init(columns)
  }
}
