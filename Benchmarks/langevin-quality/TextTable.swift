/// A table in Markdown whose columns are aligned, the first at the left, the others at the right.
struct TextTable {
  private var rows: [[String]]

  /// A table with these headings and no rows.
  init(_ head: [String]) { rows = [head] }

  mutating func add(_ row: [String]) { rows.append(row) }

  /// The lines.
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
