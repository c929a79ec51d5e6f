/// The layout of a CSV file: the separator of its cells, and whether the first line has names.
struct CSVLayout {
  /// The separator between the cells of a line.
  let separator: UInt8
  /// Whether the first line has the column names.
  private(set) var hasNames = false
  /// The decisions where the file is ambiguous.
  private(set) var notes: [TableNote] = []

  /// The maximum number of lines that detection examines.
  private static let mostLines = 1000

  /// Takes the layout of `bytes` from `options`, or detects it from the first lines.
  ///
  /// - Throws: ``TableError`` if the bytes are not text, or their first line cannot be read.
  init(_ bytes: [UInt8], _ options: TableOptions = TableOptions()) throws(TableError) {
    try CSVScanner.requireText(bytes)
    if let asked = options.separator {
      guard let byte = asked.asciiValue, Self.isSeparator(byte) else {
        throw .format(
          """
          "\(asked)" cannot separate cells; choose a tab, or an ASCII punctuation mark other than a \
          quotation mark, point, sign or underscore
          """)
      }
      separator = byte
      try requireSeparators(bytes)
    } else {
      separator = try Self.separator(of: bytes)
      if separator != UInt8(ascii: ",") {
        notes.append(.separator(Character(UnicodeScalar(separator))))
      }
    }
    if let hasHeader = options.hasHeader {
      hasNames = hasHeader
    } else {
      try lookForNames(bytes)
    }
  }

  /// Returns whether `byte` can separate cells: a tab, a unit separator, or a punctuation mark that numbers
  /// and names do not contain.
  static func isSeparator(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "\t"), 0x1f: true
    case UInt8(ascii: "\""), UInt8(ascii: "."), UInt8(ascii: "+"), UInt8(ascii: "-"),
      UInt8(ascii: "_"):
      false
    case 0x21...0x2f, 0x3a...0x40, 0x5b...0x60, 0x7b...0x7e: true
    default: false
    }
  }

  // MARK: - Separator

  /// Returns the separator of `bytes`, a comma unless another separator fits better.
  ///
  /// Another separator fits if it splits all of the first lines into the same number of cells, at least two,
  /// and the first line has no commas, or all commas stand between digits.
  static func separator(of bytes: [UInt8]) throws(TableError) -> UInt8 {
    let comma = UInt8(ascii: ",")
    var scanner = CSVScanner(bytes, separator: comma)
    guard try scanner.readLine() else { return comma }
    let hasCommas = scanner.cells.count > 1
    if scanner.cells[0].isQuoted && !hasCommas { return comma }
    let first = bytes[scanner.row]
    for other in [";", "\t", "|"] as [Unicode.Scalar] {
      let byte = UInt8(ascii: other)
      if first.contains(byte), areSeparated(bytes, by: byte, decimalsBy: hasCommas ? comma : nil) {
        return byte
      }
    }
    return comma
  }

  /// Returns whether `separator` splits all of the first lines into the same number of cells, at least two,
  /// and `mark`, unless it is nil, occurs in them only between digits.
  private static func areSeparated(
    _ bytes: [UInt8], by separator: UInt8, decimalsBy mark: UInt8?
  ) -> Bool {
    var count: Int?
    var lines = 0
    do throws(TableError) {
      var scanner = CSVScanner(bytes, separator: separator)
      while lines < mostLines, try scanner.readLine() {
        lines += 1
        if scanner.cells.count < 2 || count ?? scanner.cells.count != scanner.cells.count {
          return false
        }
        count = scanner.cells.count
        if let mark, !isBetweenDigits(mark, in: bytes[scanner.row]) { return false }
      }
    } catch {
      // Reading the file with commas reports the error.
      return false
    }
    return lines > 0
  }

  /// Throws if the first line does not have the requested separator, and another one splits all of the first
  /// lines into the same number of cells.
  private func requireSeparators(_ bytes: [UInt8]) throws(TableError) {
    var scanner = CSVScanner(bytes, separator: separator)
    guard try scanner.readLine(), scanner.cells.count == 1, !scanner.cells[0].isQuoted else {
      return
    }
    for other in [",", ";", "\t", "|"] as [Unicode.Scalar]
    where Self.areSeparated(bytes, by: UInt8(ascii: other), decimalsBy: nil) {
      throw .line(
        1,
        """
        it has no \(TableNote.name(Character(UnicodeScalar(separator)))), the requested separator, but its \
        cells look separated by \(TableNote.name(Character(other))); request these, or no separator
        """)
    }
  }

  private static func isBetweenDigits(_ mark: UInt8, in line: ArraySlice<UInt8>) -> Bool {
    func isDigit(_ index: Int) -> Bool {
      line.indices.contains(index) && (0x30...0x39).contains(line[index])
    }
    return line.indices.allSatisfy { line[$0] != mark || isDigit($0 - 1) && isDigit($0 + 1) }
  }

  // MARK: - Names

  private mutating func lookForNames(_ bytes: [UInt8]) throws(TableError) {
    var scanner = CSVScanner(bytes, separator: separator)
    guard try scanner.readLine() else { return }
    let first = scanner.cells.map { Array(bytes[$0.range]) }
    if first.allSatisfy(\.isEmpty) {
      // A line of separators only is a row without numbers, not names.
      return
    }
    let areNumbers = first.map(isNumber)
    if !areNumbers.contains(true) {
      hasNames = true
      return
    }
    let columns = try look(at: first, &scanner)
    let texts = first.indices.filter { !areNumbers[$0] && !first[$0].isEmpty }
    if texts.contains(where: { columns[$0].numbers > 1 && columns[$0].texts == 0 }) {
      hasNames = true
      notes.append(.firstLineIsNames)
    } else if texts.allSatisfy({ !columns[$0].recurs }) && areLikeNames(first, areNumbers) {
      notes.append(.firstLineIsRow)
    }
  }

  private func isNumber(_ cell: [UInt8]) -> Bool {
    switch NumberText(cell[...]) {
    case .number, .notFinite: true
    case .empty: false
    case .text:
      !NumberNotation.candidates(
        for: cell[...], separatedByCommas: separator == UInt8(ascii: ",")
      ).isEmpty
    }
  }

  /// Returns, for each cell of the first line, the numbers and texts counted below it, and whether the cell
  /// recurs there.
  private func look(
    at first: [[UInt8]], _ scanner: inout CSVScanner
  ) throws(TableError) -> [(numbers: Int, texts: Int, recurs: Bool)] {
    var columns = first.map { _ in (numbers: 0, texts: 0, recurs: false) }
    var lines = 1
    do throws(TableError) {
      while lines < Self.mostLines, try scanner.readLine() {
        lines += 1
        for (index, cell) in scanner.cells.prefix(first.count).enumerated() {
          let text = scanner.bytes[cell.range]
          if MissingWords.areInAnyFile(text) { continue }
          if isNumber(Array(text)) {
            columns[index].numbers += 1
          } else {
            columns[index].texts += 1
          }
          if text.elementsEqual(first[index]) { columns[index].recurs = true }
        }
      }
    } catch {
      // Reading all lines reports the error.
      return columns
    }
    return columns
  }

  /// Returns whether the numbers of the first line are successive years, or column numbers from 0.
  private func areLikeNames(_ first: [[UInt8]], _ areNumbers: [Bool]) -> Bool {
    let numbers = first.indices.filter { areNumbers[$0] }.map { index in
      first[index].allSatisfy { (0x30...0x39).contains($0) }
        ? Int(String(decoding: first[index], as: UTF8.self)) : nil
    }
    let known = numbers.compactMap(\.self)
    if known.count < numbers.count { return false }
    let areYears = known.allSatisfy { (1900...2100).contains($0) }
    return (areYears || known[0] == 0 && known.count > 1)
      && zip(known, known.dropFirst()).allSatisfy { $0 + 1 == $1 }
  }
}
