/// A table with aligned columns.
struct Table {
  /// The alignment of a column.
  enum Alignment {
    case left
    case right
  }

  /// The text of a cell without a value.
  static let missing = "—"

  private let alignments: [Alignment]
  /// The lines of cells; nil is a blank line.
  private var lines: [[String]?]

  /// Creates a table with a heading and an alignment for each column.
  init(_ columns: [(heading: String, alignment: Alignment)]) {
    alignments = columns.map(\.alignment)
    lines = [columns.map(\.heading)]
  }

  /// Appends a line with a cell for each column; nil is a cell without a value.
  mutating func append(_ cells: [String?]) {
    precondition(
      cells.count == alignments.count,
      "Table: \(cells.count) cells do not fill \(alignments.count) columns")
    lines.append(cells.map { $0 ?? Self.missing })
  }

  /// Appends a blank line.
  mutating func appendBlank() { lines.append(nil) }

  /// The lines, without trailing spaces.
  var text: String {
    let widths = alignments.indices.map { column in
      lines.compactMap { $0?[column].count }.max() ?? 0
    }
    return lines.map { cells in
      guard let cells else { return "" }
      var line = ""
      for (column, cell) in cells.enumerated() {
        if column > 0 { line += "  " }
        let padding = String(repeating: " ", count: widths[column] - cell.count)
        line += alignments[column] == .left ? cell + padding : padding + cell
      }
      while line.last == " " { line.removeLast() }
      return line
    }.joined(separator: "\n")
  }
}
