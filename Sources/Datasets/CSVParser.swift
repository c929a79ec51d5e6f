internal import LinearAlgebra

/// Goes through the bytes of a CSV file, line by line.
struct CSVParser {
  /// Where a cell's text is, without quotation marks around it.
  private struct Cell {
    var range: Range<Int>
    /// Whether two quotation marks in it stand for one.
    var hasEscapes = false
  }

  private enum Content {
    case number(Float)
    case empty
    /// A word for infinity or no number.
    case notFinite
    case tooLarge
    case text
  }

  private let bytes: [UInt8]
  private var position = 0
  /// The line at `position`, counted from 1.
  private var line = 1
  /// The cells of the last line that was read.
  private var cells: [Cell] = []

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func table() throws(TableError) -> NumericTable {
    skipByteOrderMark()
    try requireText()
    guard try readLine() else {
      throw .format("it is empty; write a line of numbers for each point")
    }
    let columns = cells.count
    let names = try names()
    var numbers: [Float] = []
    // About as many as there will be, of some ten characters each.
    numbers.reserveCapacity(bytes.count / 10)
    if names == nil { try appendNumbers(to: &numbers, line: 1) }
    var start = line
    while try readLine() {
      guard cells.count == columns else {
        throw .line(
          start,
          """
          it has \(Self.counted(cells.count)), and the first line has \(columns); give all lines \
          the same number\(hint(cells))
          """)
      }
      try appendNumbers(to: &numbers, line: start)
      start = line
    }
    if numbers.isEmpty {
      throw .format(
        "it has names of columns and nothing more; add a line of numbers for each point")
    }
    return NumericTable(
      names: names,
      values: Matrix(rows: numbers.count / columns, columns: columns, elements: numbers))
  }

  private static func counted(_ cells: Int) -> String { cells == 1 ? "1 cell" : "\(cells) cells" }

  // MARK: - Lines and cells

  private mutating func skipByteOrderMark() {
    if bytes.starts(with: [0xef, 0xbb, 0xbf]) { position = 3 }
  }

  /// Refuses what other programs write under the name of a table, and is none.
  private func requireText() throws(TableError) {
    if bytes.starts(with: [0xff, 0xfe]) || bytes.starts(with: [0xfe, 0xff]) {
      throw .format("its text is UTF-16; save it as UTF-8")
    }
    if bytes.starts(with: NPY.magic) {
      throw .format("it is an NPY file; let its name end in .npy")
    }
    if bytes.starts(with: Array("PK".utf8) + [3, 4]) {
      throw .format("it is a spreadsheet or another archive; export it as CSV")
    }
  }

  /// Splits the next line into ``cells``; false if only empty lines are left.
  private mutating func readLine() throws(TableError) -> Bool {
    if isLineEnd(position) {
      let start = line
      while position < bytes.count, isLineEnd(position) { endLine() }
      if position == bytes.count { return false }
      throw .line(start, "it is empty; remove it")
    }
    cells.removeAll(keepingCapacity: true)
    while true {
      cells.append(try readCell())
      if isLineEnd(position) { break }
      // The comma.
      position += 1
    }
    endLine()
    return true
  }

  /// Reads a cell, up to the comma or the end of the line behind it.
  private mutating func readCell() throws(TableError) -> Cell {
    skipBlanks()
    if position < bytes.count, bytes[position] == UInt8(ascii: "\"") { return try readQuoted() }
    let start = position
    while !isLineEnd(position), bytes[position] != UInt8(ascii: ",") { position += 1 }
    var end = position
    while end > start, isBlank(bytes[end - 1]) { end -= 1 }
    return Cell(range: start..<end)
  }

  private mutating func readQuoted() throws(TableError) -> Cell {
    let (firstLine, column) = (line, cells.count + 1)
    position += 1
    var cell = Cell(range: position..<position)
    while position < bytes.count {
      if bytes[position] == UInt8(ascii: "\"") {
        if position + 1 < bytes.count, bytes[position + 1] == UInt8(ascii: "\"") {
          cell.hasEscapes = true
          position += 2
          continue
        }
        cell.range = cell.range.lowerBound..<position
        position += 1
        skipBlanks()
        guard isLineEnd(position) || bytes[position] == UInt8(ascii: ",") else {
          throw .cell(
            line: line, column: column,
            "there is more behind the closing quotation mark; put all of it inside")
        }
        return cell
      }
      if isLineEnd(position) { endLine() } else { position += 1 }
    }
    throw .cell(
      line: firstLine, column: column, "a quotation mark has no second one; add or remove it")
  }

  private mutating func skipBlanks() {
    while position < bytes.count, isBlank(bytes[position]) { position += 1 }
  }

  private func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
  }

  private func isLineEnd(_ position: Int) -> Bool {
    position >= bytes.count || bytes[position] == UInt8(ascii: "\n")
      || bytes[position] == UInt8(ascii: "\r")
  }

  private mutating func endLine() {
    guard position < bytes.count else { return }
    let isPair =
      bytes[position] == UInt8(ascii: "\r") && position + 1 < bytes.count
      && bytes[position + 1] == UInt8(ascii: "\n")
    position += isPair ? 2 : 1
    line += 1
  }

  // MARK: - Contents

  /// The names in the first line; nil if that has numbers.
  private func names() throws(TableError) -> [String]? {
    var names: [String] = []
    for (index, cell) in cells.enumerated() {
      switch content(cell) {
      case .number, .notFinite, .tooLarge: return nil
      case .empty, .text: break
      }
      guard let name = text(cell) else {
        throw .cell(line: 1, column: index + 1, "the name is not UTF-8; save the file as UTF-8")
      }
      names.append(name)
    }
    // Nothing but commas is a point without numbers, not a line of names.
    return names.allSatisfy(\.isEmpty) ? nil : names
  }

  private func appendNumbers(to numbers: inout [Float], line: Int) throws(TableError) {
    for (index, cell) in cells.enumerated() {
      let reason: String
      switch content(cell) {
      case .number(let number):
        numbers.append(number)
        continue
      case .empty: reason = "it is empty; fill in a number, or remove the line"
      case .notFinite:
        reason = "\(quoted(cell)) is not a finite number; change it, or remove the line"
      case .tooLarge:
        reason =
          "\(quoted(cell)) is beyond the range of a 32-bit float, 3.4e38; scale the column down"
      case .text:
        reason =
          "\(quoted(cell)) is not a number; change it, or remove the line or column\(hint([cell]))"
      }
      throw .cell(line: line, column: index + 1, reason)
    }
  }

  private func content(_ cell: Cell) -> Content {
    let text = bytes[cell.range]
    if text.isEmpty { return .empty }
    // Letters as in 0x1p3 are none of a table's, whatever `Float` makes of them.
    let isPlain = text.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "+"),
        UInt8(ascii: "-"), UInt8(ascii: "e"), UInt8(ascii: "E"):
        true
      default: false
      }
    }
    let string = String(decoding: text, as: UTF8.self)
    if isPlain, let number = Float(string) { return number.isFinite ? .number(number) : .tooLarge }
    let word = string.lowercased().drop { $0 == "+" || $0 == "-" }
    return word == "nan" || word == "inf" || word == "infinity" ? .notFinite : .text
  }

  /// The cell's text; nil if it is not UTF-8.
  private func text(_ cell: Cell) -> String? {
    guard let text = String(validating: bytes[cell.range], as: UTF8.self) else { return nil }
    if !cell.hasEscapes { return text }
    var result = ""
    var isSecond = false
    for scalar in text.unicodeScalars {
      isSecond = scalar == "\"" && !isSecond
      if !isSecond { result.unicodeScalars.append(scalar) }
    }
    return result
  }

  private func quoted(_ cell: Cell) -> String {
    TableError.quoted(String(decoding: bytes[cell.range].prefix(200), as: UTF8.self))
  }

  /// What to do if the line seems to be split by something else.
  private func hint(_ cells: [Cell]) -> String {
    guard cells.count == 1, let cell = cells.first else { return "" }
    let isSplit = bytes[cell.range].contains { $0 == UInt8(ascii: ";") || $0 == UInt8(ascii: "\t") }
    return isSplit ? "; columns are separated by commas" : ""
  }
}
