extension Table {
  /// The table in the file at `path`, CSV, compressed CSV or NPY.
  public init(
    path: String, options: TableOptions = TableOptions(), sizeLimit: Int = 1 << 32
  ) throws(TableError) {
    self = try TableFile(path, sizeLimit: sizeLimit).table(options)
  }

  /// The table that `bytes` hold: CSV in UTF-8, with names in its first line or none.
  ///
  /// The first line has names if none of its cells is a number, or if it has texts above numbers; without any,
  /// columns are named x0, x1 …. A column is numeric if all cells that are not missing are decimal numbers, in
  /// one notation of numbers, and otherwise categorical; one of many different texts, or of a stray text among
  /// numbers, is an error that names the cell. There are at least two rows.
  public init(csv bytes: [UInt8], options: TableOptions = TableOptions()) throws(TableError) {
    var survey = try TableSurvey(bytes, options)
    self = try survey.table()
  }

  /// The table of the array that `bytes` hold, in NumPy's format, with the columns x0, x1 …. NaN is a missing
  /// cell.
  public init(npy bytes: [UInt8], options: TableOptions = TableOptions()) throws(TableError) {
    var reader = ArrayReader(options)
    self = try reader.table(bytes)
  }
}
