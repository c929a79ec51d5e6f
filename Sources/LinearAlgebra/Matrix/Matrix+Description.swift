extension Matrix: CustomStringConvertible {
  /// The shape, and below it the rows in aligned columns. An ellipsis replaces the middle of a large matrix.
  public var description: String {
    let shown = 8
    func indices(_ count: Int) -> [Int?] {
      count <= shown
        ? (0..<count).map { $0 }
        : (0..<shown / 2).map { $0 } + [nil] + (count - shown / 2..<count).map { $0 }
    }
    let columnIndices = indices(columns)
    var lines: [[String]] = []
    for row in indices(rows) {
      lines.append(
        columnIndices.map { column in
          guard let row, let column else { return "…" }
          return "\(self[row, column])"
        })
    }
    let widths = columnIndices.indices.map { j in lines.map { $0[j].count }.max() ?? 0 }
    let rowsText = lines.map { line in
      line.indices.map { j in
        String(repeating: " ", count: widths[j] - line[j].count) + line[j]
      }.joined(separator: "  ")
    }
    return (["Matrix<\(Element.self)> \(shapeDescription)"] + rowsText).joined(separator: "\n")
  }
}
