extension Table {
  /// Reads the table in the file at `path`, in CSV or NPY format according to the file name extension.
  ///
  /// - Parameters:
  ///   - path: The path of a `.csv`, `.tsv` or `.npy` file, compressed if `.gz` follows, in upper or lower
  ///     case.
  ///   - options: Options where the file is ambiguous.
  ///   - sizeLimit: The maximum size of the file, in bytes.
  /// - Throws: ``TableError`` if the file cannot be read as a table.
  public init(
    path: String, options: TableOptions = TableOptions(), sizeLimit: Int = 1 << 32
  ) throws(TableError) {
    self = try TableFile(path, sizeLimit: sizeLimit).table(options)
  }

  /// Parses `bytes` as a table: CSV in UTF-8, with or without column names in the first line.
  ///
  /// The first line has names if none of its cells is a number, or if it has texts above numbers. Without
  /// names, the columns are x0, x1 …. A column is numeric if all its cells, except the missing ones, are
  /// decimal numbers in one notation; otherwise it is categorical.
  ///
  /// - Throws: ``TableError`` if the table has fewer than two rows, if a column has more than 256 categories,
  ///   if stray texts are among many different numbers, or if the bytes are not such a table.
  public init(csv bytes: [UInt8], options: TableOptions = TableOptions()) throws(TableError) {
    var survey = try TableSurvey(bytes, options)
    self = try survey.table()
  }

  /// Parses `bytes` as an array in NumPy's format, with columns x0, x1 …, in which NaN is a missing cell.
  ///
  /// - Throws: ``TableError`` if the table has fewer than two rows, or the bytes are not such an array.
  public init(npy bytes: [UInt8], options: TableOptions = TableOptions()) throws(TableError) {
    var reader = ArrayReader(options)
    self = try reader.table(bytes)
  }
}
