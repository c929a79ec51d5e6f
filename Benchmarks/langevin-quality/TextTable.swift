/// A Markdown table with aligned columns: the first to the left, the others to the right.
struct TextTable {
  private var rows: [[String]]

  /// Creates a table with the headings `head` and no rows.
  init(_ head: [String]) { rows = [head] }

  mutating func add(_ row: [String]) { rows.append(row) }

  /// The lines of the table.
  var text: String {
    let widths = rows[0].indices.map { column in
      rows.map { $0[column].count }.max() ?? 0
    }
    let rule = widths.enumerated().map { index, width in
      index == 0
        ? String(repeating: "-", count: width) : String(repeating: "-", count: width - 1) + ":"
    }
    return ([rows[0], rule] + rows.dropFirst()).map { row in
      let cells = zip(row, widths).enumerated().map { index, cell in
        let gap = String(repeating: " ", count: cell.1 - cell.0.count)
        return index == 0 ? cell.0 + gap : gap + cell.0
      }
      return "| " + cells.joined(separator: " | ") + " |\n"
    }.joined()
  }
}
