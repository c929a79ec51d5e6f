internal import Files

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

  /// Whether the rows of an NPY file may have several dimensions, as images have.
  public var flattensRows = false

  /// What stands for a missing cell in any file.
  public static let missingWords: Set<String> = [
    "", "NA", "N/A", "n/a", "<NA>", "null", "NULL", "?",
  ]

  /// Everything as the file has it.
  public init() {}

  /// Refuses options for columns that are not among those of `names`.
  package func requireColumns(in names: [String]) throws(TableError) {
    let asked = categorical.union(numeric).union(dropped)
    guard let stranger = asked.subtracting(names).sorted().first else { return }
    throw .format(
      """
      it has no column \(TableError.quoted(stranger)); its columns are \
      \(names.prefix(20).map(\.printable).joined(separator: ", "))\(names.count > 20 ? ", …" : "")
      """)
  }
}
