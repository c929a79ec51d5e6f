/// Goes through the bytes of a CSV file (RFC 4180), line by line, and finds its cells.
///
/// Cells may be in quotation marks and have spaces around them; lines end in LF, CR LF or CR, and empty
/// ones are allowed at the end.
struct CSVScanner {
  /// Where a cell's text is, without quotation marks around it.
  struct Cell {
    var range: Range<Int>
    /// Whether two quotation marks in it stand for one.
    var hasEscapes = false
    /// Whether it is in quotation marks: "" is a text of no characters.
    var isQuoted = false
  }

  let bytes: [UInt8]
  /// What is between the cells of a line.
  let separator: UInt8
  private var position = 0
  /// The line at `position`, counted from 1.
  private var nextLine = 1
  /// The first line of the row that was read last, counted from 1.
  private(set) var line = 0
  /// The cells of that row.
  private(set) var cells: [Cell] = []

  /// Stands before the first line of `bytes`, which ``requireText(_:)`` has accepted.
  init(_ bytes: [UInt8], separator: UInt8 = UInt8(ascii: ",")) {
    self.bytes = bytes
    self.separator = separator
    if bytes.starts(with: [0xef, 0xbb, 0xbf]) { position = 3 }
  }

  /// Refuses what other programs write under the name of a table, and is none.
  static func requireText(_ bytes: [UInt8]) throws(TableError) {
    if bytes.starts(with: [0xff, 0xfe]) || bytes.starts(with: [0xfe, 0xff]) {
      throw .format("its text is UTF-16; save it as UTF-8")
    }
    if bytes.starts(with: NPY.magic) {
      throw .format("it is an NPY file; let its name end in .npy")
    }
    if let kind = FileKind(bytes) { throw .format("it is \(kind.text); \(kind.remedy)") }
    if let place = bytes.firstIndex(of: 0) {
      let line = 1 + bytes[..<place].count { $0 == UInt8(ascii: "\n") }
      throw .line(line, "it has a null byte, as no text has; name a CSV file")
    }
  }

  /// Where the row that was read last is.
  var row: Range<Int> { rowStart..<position }
  private var rowStart = 0

  /// Splits the next line into ``cells``; false if only empty lines are left.
  mutating func readLine() throws(TableError) -> Bool {
    if isLineEnd(position) {
      let start = nextLine
      while position < bytes.count, isLineEnd(position) { endLine() }
      if position == bytes.count { return false }
      throw .line(start, "it is empty; remove it")
    }
    line = nextLine
    rowStart = position
    cells.removeAll(keepingCapacity: true)
    while true {
      cells.append(try readCell())
      if cells.count > CSV.mostColumns {
        throw .line(
          line,
          """
          it has more than \(CSV.mostColumns) cells, the most that are read; check that lines end \
          where rows do
          """)
      }
      if isLineEnd(position) { break }
      // The separator.
      position += 1
    }
    endLine()
    return true
  }

  /// Reads a cell, up to the separator or the end of the line behind it.
  private mutating func readCell() throws(TableError) -> Cell {
    skipBlanks()
    if position < bytes.count, bytes[position] == UInt8(ascii: "\"") { return try readQuoted() }
    let start = position
    while !isLineEnd(position), bytes[position] != separator { position += 1 }
    var end = position
    while end > start, isBlank(bytes[end - 1]) { end -= 1 }
    return Cell(range: start..<end)
  }

  private mutating func readQuoted() throws(TableError) -> Cell {
    let column = cells.count + 1
    position += 1
    var cell = Cell(range: position..<position, isQuoted: true)
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
        guard isLineEnd(position) || bytes[position] == separator else {
          throw .cell(
            line: nextLine, column: column,
            "there is more behind the closing quotation mark; put all of it inside")
        }
        return cell
      }
      if isLineEnd(position) { endLine() } else { position += 1 }
    }
    throw .cell(
      line: line, column: column, "a quotation mark has no second one; add or remove it")
  }

  private mutating func skipBlanks() {
    while position < bytes.count, isBlank(bytes[position]) { position += 1 }
  }

  private func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") && separator != byte
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
    nextLine += 1
  }
}

extension CSVScanner {
  /// The cell's text; nil if it is not UTF-8.
  func text(_ cell: Cell) -> String? {
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

  /// The cell's text for an error message, short and in quotation marks.
  func quoted(_ cell: Cell) -> String {
    TableError.quoted(String(decoding: bytes[cell.range].prefix(200), as: UTF8.self))
  }

  /// What the cell says as a number.
  func number(_ cell: Cell) -> NumberText { NumberText(bytes[cell.range]) }

  /// Refuses a file whose first line, which has been read, is one cell with other separators in it, which
  /// others have in another number.
  func requireSeparators() throws(TableError) {
    guard cells.first?.isQuoted == false, let name = otherSeparator(cells) else { return }
    throw .line(
      line,
      """
      its cells look separated by \(name), and those of other lines do not; give all lines the same \
      number, or name the separator
      """)
  }

  /// The names in the first line, which has been read; nil if that has numbers.
  func names() throws(TableError) -> [String]? {
    var names: [String] = []
    for (index, cell) in cells.enumerated() {
      switch number(cell) {
      case .number, .notFinite: return nil
      case .empty, .text: break
      }
      names.append(try name(cell, index))
    }
    // Nothing but commas is a point without numbers, not a line of names.
    return names.allSatisfy(\.isEmpty) ? nil : names
  }

  /// The cells of the first line, which has been read, as names.
  func allNames() throws(TableError) -> [String] {
    var names: [String] = []
    for (index, cell) in cells.enumerated() { names.append(try name(cell, index)) }
    return names
  }

  /// The name that a cell of the first line is, in the column of this index.
  func name(_ cell: Cell, _ index: Int) throws(TableError) -> String {
    guard let name = text(cell) else {
      throw .cell(line: 1, column: index + 1, "the name is not UTF-8; save the file as UTF-8")
    }
    if name.utf8.count > CSV.longestText {
      throw .cell(
        line: 1, column: index + 1,
        "the name \(quoted(cell)) has more than \(CSV.longestText) bytes; give it a shorter one")
    }
    return name
  }

  /// Refuses a line that has not as many cells as the first.
  func requireCells(_ count: Int) throws(TableError) {
    if cells.count == count { return }
    throw .line(
      line,
      """
      it has \(Self.counted(cells.count)), and the first line has \(count); give all lines the same \
      number\(separatorHint(cells))
      """)
  }

  private static func counted(_ cells: Int) -> String { cells == 1 ? "1 cell" : "\(cells) cells" }

  /// What to look for if the line seems to be split by something else.
  func separatorHint(_ cells: [Cell]) -> String {
    otherSeparator(cells).map { "; it looks separated by \($0)" } ?? ""
  }

  /// What seems to separate the cells of a line that is one of them; nil if nothing does.
  private func otherSeparator(_ cells: [Cell]) -> String? {
    guard cells.count == 1, let cell = cells.first else { return nil }
    let bytes = bytes[cell.range]
    if bytes.contains(UInt8(ascii: ";")), separator != UInt8(ascii: ";") { return "semicolons" }
    return bytes.contains(UInt8(ascii: "\t")) ? "tabs" : nil
  }
}
