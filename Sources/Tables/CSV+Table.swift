extension CSV {
  /// Returns `table` as CSV: a line of column names and a line per row.
  ///
  /// Cells have the style of their column, and the separator of the file that the table comes from.
  package static func bytes(of table: Table) -> [UInt8] {
    let separator = table.layout.separator
    var bytes = Array(
      table.columns.map { cell($0.name, separator: separator) }.joined(
        separator: String(UnicodeScalar(separator))
      ).utf8)
    bytes.append(UInt8(ascii: "\n"))
    bytes.reserveCapacity(table.rowCount * table.columns.count * 8)
    let writers = table.columns.map { CellWriter($0, separator: separator) }
    for row in 0..<table.rowCount {
      for (index, writer) in writers.enumerated() {
        if index > 0 { bytes.append(separator) }
        writer.write(row, to: &bytes)
      }
      // An empty line would be read as the end of the table.
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
  private let separator: UInt8
  /// Whether the notation of numbers contains the separator.
  private let quotesNumbers: Bool

  init(_ column: Column, separator: UInt8) {
    self.column = column
    self.separator = separator
    let word = column.style.missing
    // In quotation marks, the word would be read as a category. Files have it without.
    let needsQuotes =
      word.first == "\"" || word.utf8.contains { $0 == separator || $0 == 10 || $0 == 13 }
    missing = Array((needsQuotes ? CSV.cell(word, separator: separator) : word).utf8)
    if case .categories(_, let names) = column.cells {
      // Quotation marks distinguish a category from a missing word.
      categories = names.map { name in
        let isWord = TableOptions.missingWords.contains(name) || name == column.style.missing
        return Array((isWord ? CSV.quoted(name) : CSV.cell(name, separator: separator)).utf8)
      }
    } else {
      categories = []
    }
    let notation = column.style.notation
    let marks = [notation?.prefix, notation?.suffix, notation?.thousands, notation?.decimalMark]
    quotesNumbers = marks.contains { $0?.utf8.contains(separator) ?? false }
  }

  /// Appends the cell in `row` to `bytes`.
  func write(_ row: Int, to bytes: inout [UInt8]) {
    switch column.cells {
    case _ where column.isMissing(row): bytes.append(contentsOf: missing)
    case .numbers(let numbers):
      writeNumber(to: &bytes) { column.style.write(numbers[row], to: &$0) }
    case .exact(let units):
      writeNumber(to: &bytes) { column.style.write(units: units[row], to: &$0) }
    case .categories(let codes, _): bytes.append(contentsOf: categories[Int(codes[row])])
    }
  }

  /// Appends the number that `write` writes, in quotation marks if it contains the separator.
  private func writeNumber(to bytes: inout [UInt8], _ write: (inout [UInt8]) -> Void) {
    let start = bytes.count
    write(&bytes)
    guard quotesNumbers, bytes[start...].contains(separator) else { return }
    bytes.insert(UInt8(ascii: "\""), at: start)
    bytes.append(UInt8(ascii: "\""))
  }
}
