/// A table in Markdown whose columns are aligned, the first at the left, the others at the right.
struct TextTable {
  private var rows: [[String]]

  /// A table with these headings and no rows.
  init(_ head: [String]) { rows = [head] }

  mutating func add(_ row: [String]) { rows.append(row) }

  /// The lines.
  var text: String {
    let widths = rows[0].indices.map { column in
      rows.map { $0.indices.contains(column) ? $0[column].count : 0 }.max() ?? 0
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

extension Double {
  /// With `decimals` digits behind the point.
  func fixed(_ decimals: Int) -> String {
    guard isFinite, magnitude < 1e12 else { return "\(self)" }
    let factor = (0..<decimals).reduce(1.0) { power, _ in 10 * power }
    let scaled = (magnitude * factor).rounded()
    var digits = "\(Int(scaled))"
    digits = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
    if decimals > 0 { digits.insert(".", at: digits.index(digits.endIndex, offsetBy: -decimals)) }
    return self < 0 && scaled > 0 ? "-" + digits : digits
  }
}
