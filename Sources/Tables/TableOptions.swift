import LangevinErrors
internal import LangevinFiles

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
  /// The texts that stand for a missing cell beside the usual words (NA, NaN, null …), in any column.
  ///
  /// A number stands for every way to write it: `-9` for `-9.0` as well.
  public var missing: Set<String> = []
  /// The same for single columns, by their names: where elsewhere a zero is a zero.
  public var missingInColumn: [String: Set<String>] = [:]
  /// What separates the cells of a line of a CSV file, a character of ASCII; nil if the file shows it.
  public var separator: Character?
  /// What separates groups of three digits; nil if a column shows it.
  public var thousands: Character?
  /// What separates a number from its decimals; nil if a column shows it.
  public var decimalMark: Character?

  /// How columns are known to write their numbers, which is tried before other ways.
  package var notations: [String: NumberNotation] = [:]

  /// Whether the rows of an NPY file may have several dimensions, as images have.
  package var flattensRows = false

  /// What stands for a missing cell in any file.
  package static let missingWords: Set<String> = [
    "", "NA", "N/A", "n/a", "<NA>", "null", "NULL", "?",
  ]

  /// Everything as the file has it.
  public init() {}

  /// Refuses options for columns that are not among those of `names`.
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
