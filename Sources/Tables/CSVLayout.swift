/// How the lines of a CSV file are read: what separates their cells, and whether the first has names.
struct CSVLayout {
  /// What is between the cells of a line.
  let separator: UInt8
  /// Whether the first line has the names of the columns.
  private(set) var hasNames = false
  /// What the file left open, and how it was taken.
  private(set) var notes: [TableNote] = []

  /// How many lines are looked at.
  private static let mostLines = 1000

  /// The layout of `bytes`, as `options` ask or as the first lines show.
  ///
  /// - Throws: ``TableError`` if the bytes are no text, or their first line cannot be read.
  init(_ bytes: [UInt8], _ options: TableOptions = TableOptions()) throws(TableError) {
    try CSVScanner.requireText(bytes)
    if let asked = options.separator {
      guard let byte = asked.asciiValue, Self.isSeparator(byte) else {
        throw .format(
          """
          "\(asked)" cannot separate cells; name a punctuation mark of ASCII but no quotation mark, point, \
          sign or underscore, or a tab
          """)
      }
      separator = byte
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

  /// Whether `byte` can separate cells: no part of a number or a name, and no blank but the tab.
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

  /// Commas, unless the first lines are one cell each by these, or decimals, and as many cells each by
  /// another.
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

  /// Whether the first lines have the same number of cells by `separator`, two at least, and `mark`, if there
  /// is one, nowhere but between digits.
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
      // What is wrong with the file is said when it is read by commas.
      return false
    }
    return lines > 0
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
      // Nothing but separators is a row without numbers.
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

  /// How many numbers and texts are below each cell of the first line, and whether it comes again.
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
      // What is wrong with a line is said when all are read.
      return columns
    }
    return columns
  }

  /// Whether the numbers of the first line are successive years, or those of columns, from 0 on.
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
