import LinearAlgebra

/// A scanner that finds the cells of a CSV file (RFC 4180) line by line.
///
/// Cells may be in quotation marks and have spaces around them. Lines end in LF, CR LF or CR, and empty lines
/// are allowed at the end.
struct CSVScanner {
  /// The position of a cell in the file.
  struct Field {
    /// The range of the text, without the quotation marks around it.
    var range: Range<Int>
    /// Whether the text has doubled quotation marks, each pair of which stands for one.
    var hasEscapes = false
    /// Whether the text is in quotation marks.
    var isQuoted = false
  }

  let bytes: [UInt8]
  /// The separator between the cells of a line.
  let separator: UInt8
  private var position = 0
  /// The line at `position`, counted from 1.
  private var nextLine = 1
  /// The first line of the current row, counted from 1.
  private(set) var line = 0
  /// The cells of the current row.
  private(set) var cells: [Field] = []

  /// Creates a scanner before the first line of `bytes`, which ``requireText(_:)`` has accepted.
  init(_ bytes: [UInt8], separator: UInt8 = UInt8(ascii: ",")) {
    self.bytes = bytes
    self.separator = separator
    if bytes.starts(with: [0xef, 0xbb, 0xbf]) { position = 3 }
  }

  /// Throws if `bytes` are UTF-16, or are not text, for example a spreadsheet with the name of a CSV file.
  static func requireText(_ bytes: [UInt8]) throws(TableError) {
    if bytes.starts(with: [0xff, 0xfe]) || bytes.starts(with: [0xfe, 0xff]) {
      throw .format("its text is UTF-16; save it as UTF-8")
    }
    if bytes.starts(with: NPY.magic) {
      throw .format("it is an NPY file; give it a name that ends in .npy")
    }
    if let kind = FileKind(bytes) { throw .format("it is \(kind.text); \(kind.remedy)") }
    if let place = bytes.firstIndex(of: 0) {
      let line = 1 + bytes[..<place].count { $0 == UInt8(ascii: "\n") }
      throw .line(line, "it has a null byte, so the file is not text; use a CSV file")
    }
  }

  /// The range of the current row in the file.
  var row: Range<Int> { rowStart..<position }
  private var rowStart = 0

  /// Splits the next line into ``cells``; returns false if only empty lines remain.
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
          it has more than \(CSV.mostColumns) cells, which is the limit; check that each row ends \
          with a line break
          """)
      }
      if isLineEnd(position) { break }
      // Skips the separator.
      position += 1
    }
    endLine()
    return true
  }

  /// Reads a cell up to the next separator or end of line.
  private mutating func readCell() throws(TableError) -> Field {
    skipBlanks()
    if position < bytes.count, bytes[position] == UInt8(ascii: "\"") { return try readQuoted() }
    let start = position
    while !isLineEnd(position), bytes[position] != separator { position += 1 }
    var end = position
    while end > start, isBlank(bytes[end - 1]) { end -= 1 }
    return Field(range: start..<end)
  }

  private mutating func readQuoted() throws(TableError) -> Field {
    let column = cells.count + 1
    position += 1
    var cell = Field(range: position..<position, isQuoted: true)
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
            "text follows the closing quotation mark; move it inside the quotation marks")
        }
        return cell
      }
      if isLineEnd(position) { endLine() } else { position += 1 }
    }
    throw .cell(
      line: line, column: column, "unterminated quoted field; add or remove a quotation mark")
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
  /// Returns the cell's text; nil if it is not UTF-8.
  func text(_ cell: Field) -> String? {
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

  /// Returns the cell's text for an error message, shortened and in quotation marks.
  func quoted(_ cell: Field) -> String {
    TableError.quoted(String(decoding: bytes[cell.range].prefix(200), as: UTF8.self))
  }

  /// Returns the cell's text parsed as a number.
  func number(_ cell: Field) -> NumberText { NumberText(bytes[cell.range]) }

  /// Throws if the first line, which is the current one, is a single cell that contains other separators.
  ///
  /// Detection has not chosen these separators because the lines have different numbers of them.
  func requireSeparators() throws(TableError) {
    guard cells.first?.isQuoted == false, let name = otherSeparator(cells) else { return }
    throw .line(
      line,
      """
      its cells look separated by \(name), but other lines have more or fewer of these; give all lines \
      the same number of cells, or specify the separator
      """)
  }

  /// Returns the names in the first line, which is the current one; nil if it has numbers.
  func names() throws(TableError) -> [String]? {
    var names: [String] = []
    for (index, cell) in cells.enumerated() {
      switch number(cell) {
      case .number, .notFinite: return nil
      case .empty, .text: break
      }
      names.append(try name(cell, index))
    }
    // A line of separators only is a point without numbers, not a line of names.
    return names.allSatisfy(\.isEmpty) ? nil : names
  }

  /// Returns the cells of the first line, which is the current one, as names.
  func allNames() throws(TableError) -> [String] {
    var names: [String] = []
    for (index, cell) in cells.enumerated() { names.append(try name(cell, index)) }
    return names
  }

  /// Returns a cell of the first line as the name of the column with `index`.
  func name(_ cell: Field, _ index: Int) throws(TableError) -> String {
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

  /// Throws unless the current row has `count` cells, as the first one has.
  func requireCells(_ count: Int) throws(TableError) {
    if cells.count == count { return }
    throw .line(
      line,
      """
      it has \(Self.counted(cells.count)), but the first line has \(count); give all lines the same \
      number\(separatorHint(cells))
      """)
  }

  private static func counted(_ cells: Int) -> String { cells == 1 ? "1 cell" : "\(cells) cells" }

  /// Returns a hint for an error message if another separator seems to split the line; otherwise an empty
  /// text.
  func separatorHint(_ cells: [Field]) -> String {
    otherSeparator(cells).map { "; it looks separated by \($0)" } ?? ""
  }

  /// Returns the name of another separator that a line of a single cell contains; nil for other lines.
  private func otherSeparator(_ cells: [Field]) -> String? {
    guard cells.count == 1, let cell = cells.first else { return nil }
    let bytes = bytes[cell.range]
    if bytes.contains(UInt8(ascii: ";")), separator != UInt8(ascii: ";") { return "semicolons" }
    return bytes.contains(UInt8(ascii: "\t")) ? "tabs" : nil
  }
}
