extension CSV {
  /// A line a row behind one of names, each cell in its column's style.
  public static func bytes(of table: Table) -> [UInt8] {
    var bytes = Array(table.columns.map { cell($0.name) }.joined(separator: ",").utf8)
    bytes.append(UInt8(ascii: "\n"))
    bytes.reserveCapacity(table.rowCount * table.columns.count * 8)
    let writers = table.columns.map { CellWriter($0) }
    for row in 0..<table.rowCount {
      for (index, writer) in writers.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        writer.write(row, to: &bytes)
      }
      // A line of nothing would be read as the end.
      if writers.count == 1, bytes.last == UInt8(ascii: "\n") { bytes += Array("\"\"".utf8) }
      bytes.append(UInt8(ascii: "\n"))
    }
    return bytes
  }
}

/// Writes the cells of a column.
struct CellWriter {
  private let column: Column
  private let missing: [UInt8]
  private let categories: [[UInt8]]

  init(_ column: Column) {
    self.column = column
    let word = column.style.missing
    missing = Array((word.isEmpty ? word : CSV.cell(word)).utf8)
    if case .categories(_, let names) = column.cells {
      // What stands for a missing cell in any file is in quotation marks if it is a category.
      categories = names.map { name in
        let isWord = TableOptions.missingWords.contains(name) || name == column.style.missing
        return Array((isWord ? "\"\(name)\"" : CSV.cell(name)).utf8)
      }
    } else {
      categories = []
    }
  }

  func write(_ row: Int, to bytes: inout [UInt8]) {
    switch column.cells {
    case .numbers(let numbers):
      let number = numbers[row]
      if number.isNaN {
        bytes.append(contentsOf: missing)
      } else {
        column.style.write(number, to: &bytes)
      }
    case .categories(let codes, _):
      bytes.append(contentsOf: codes[row] < 0 ? missing : categories[Int(codes[row])])
    }
  }
}
