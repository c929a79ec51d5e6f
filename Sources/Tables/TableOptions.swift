import LangevinErrors
internal import LangevinFiles

/// Options for reading a table whose file is ambiguous.
public struct TableOptions: Sendable, Hashable {
  /// The names of columns whose cells are categories even if they are numbers.
  public var categorical: Set<String> = []
  /// The names of columns whose cells must be numbers.
  public var numeric: Set<String> = []
  /// The names of columns to leave out.
  public var dropped: Set<String> = []
  /// Whether the first line of a CSV file has names; nil to detect it.
  public var hasHeader: Bool?
  /// The texts that stand for a missing cell in any column, in addition to the usual words (NA, null …).
  ///
  /// A number stands for all its spellings: `-9` also means `-9.0`.
  public var missing: Set<String> = []
  /// The texts that stand for a missing cell in single columns, by column name, for example a 0 that is a
  /// number in other columns.
  public var missingInColumn: [String: Set<String>] = [:]
  /// The ASCII character between the cells of a line of a CSV file; nil to detect it.
  public var separator: Character?
  /// The character between groups of three digits; nil to detect it for each column.
  public var thousands: Character?
  /// The character before the decimals of a number; nil to detect it for each column.
  public var decimalMark: Character?

  /// The known notations of columns by name, tried before other notations.
  package var notations: [String: NumberNotation] = [:]

  /// Whether the rows of an NPY file may have several dimensions, as images have.
  package var flattensRows = false

  /// The texts that stand for a missing cell in any file.
  package static let missingWords: Set<String> = [
    "", "NA", "N/A", "n/a", "<NA>", "null", "NULL", "?",
  ]

  /// Creates options that detect everything.
  public init() {}

  /// Throws if an option names a column that is not among `names`.
  package func requireColumns(in names: [String]) throws(TableError) {
    let asked = categorical.union(numeric).union(dropped).union(missingInColumn.keys)
    guard let stranger = asked.subtracting(names).sorted().first else { return }
    throw .format(
      """
      it has no column \(TableError.quoted(stranger)); its columns are \
      \(names.prefix(20).map(\.printable).joined(separator: ", "))\(names.count > 20 ? ", …" : "")
      """)
  }
}
