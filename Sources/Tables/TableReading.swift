/// How a table is read, where the file itself leaves a choice.
public struct TableOptions: Sendable, Hashable {
  /// Columns whose cells are categories even if they are numbers.
  public var categorical: Set<String> = []
  /// Columns whose cells are numbers.
  public var numeric: Set<String> = []
  /// Columns that are left out.
  public var dropped: Set<String> = []
  /// Whether the first line has names; nil if that is to be seen.
  public var hasHeader: Bool?
  /// What stands for a missing cell besides ``missingWords``.
  public var missing: Set<String> = []

  /// What stands for a missing cell in any file.
  public static let missingWords: Set<String> = [
    "", "NA", "N/A", "n/a", "<NA>", "null", "NULL", "?",
  ]

  /// Everything as the file has it.
  public init() {}
}

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
}
