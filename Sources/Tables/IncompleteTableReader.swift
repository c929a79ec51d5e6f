/// Reads the cells of a CSV file that a ``TableEncoding`` knows, and notes where some are missing.
struct IncompleteTableReader {
  private(set) var holes: [IncompleteTable.Hole] = []
  private var scanner: CSVScanner
  private let encoding: TableEncoding
  private let missing: Set<String>
  private let codes: [[String: Int]]
  /// For each column of the encoding, its place in the file.
  private var places: [Int] = []
  private var cellCount = 0
  private var isFirst = false

  init(
    _ bytes: [UInt8], _ encoding: TableEncoding, _ options: TableOptions
  ) throws(TableError) {
    scanner = try CSVScanner(bytes)
    self.encoding = encoding
    missing = TableOptions.missingWords.union(options.missing)
    codes = encoding.columns.map { column in
      Dictionary(
        (column.categories ?? []).enumerated().map { ($1, $0) },
        uniquingKeysWith: { first, _ in first })
    }
    guard try scanner.readLine() else {
      throw .format("it is empty; write a line for each row")
    }
    cellCount = scanner.cells.count
    let names = options.hasHeader == false ? nil : try scanner.names()
    isFirst = names == nil
    try findColumns(names ?? scanner.cells.indices.map { "x\($0)" })
  }

  private mutating func findColumns(_ names: [String]) throws(TableError) {
    for column in encoding.columns {
      guard let place = names.firstIndex(of: column.name) else {
        throw .format(
          """
          column \(TableError.quoted(column.name)) of the model is missing; give the file all columns that \
          the model was trained on
          """)
      }
      if names[(place + 1)...].contains(column.name) {
        throw .format("two columns have the name \(TableError.quoted(column.name)); rename one")
      }
      places.append(place)
    }
  }

  /// The cells of each row, in the order of the encoding's columns.
  mutating func rows() throws(TableError) -> [[Cell]] {
    var rows: [[Cell]] = []
    while true {
      if !isFirst { guard try scanner.readLine() else { break } }
      isFirst = false
      try scanner.requireCells(cellCount)
      var cells: [Cell] = []
      for (column, place) in places.enumerated() {
        let cell = try cell(column, scanner.cells[place])
        if cell == .missing, try isHole(column) {
          holes.append(
            .init(row: rows.count, column: column, range: scanner.extent(scanner.cells[place])))
        }
        cells.append(cell)
      }
      rows.append(cells)
    }
    if rows.isEmpty { throw .format("it has names of columns and nothing more; add rows") }
    // Replaced in the order of the file, whatever that of the encoding is.
    holes.sort { $0.range.lowerBound < $1.range.lowerBound }
    return rows
  }

  private func error(_ column: Int, _ reason: String) -> TableError {
    .cell(
      line: scanner.line, column: places[column] + 1, name: encoding.columns[column].name, reason)
  }

  /// Whether a missing cell is to be filled in. A condition, which the model is told, is not.
  private func isHole(_ column: Int) throws(TableError) -> Bool {
    let column = (index: column, encoding: encoding.columns[column])
    if !column.encoding.isCondition { return true }
    if column.encoding.hasMissing { return false }
    throw error(
      column.index,
      "it is missing, and a condition, which the model is told and cannot fill in; write its category"
    )
  }

  private func cell(_ column: Int, _ cell: CSVScanner.Cell) throws(TableError) -> Cell {
    let text = scanner.bytes[cell.range]
    let isNumeric = encoding.columns[column].kind == .numeric
    if isNumeric, let decimal = Decimal(text) {
      let value = decimal.value ?? Double(String(decoding: text, as: UTF8.self)) ?? .infinity
      guard Float(value).isFinite else {
        throw error(column, CSVScanner.beyondFloat(scanner.quoted(cell)))
      }
      return .number(value)
    }
    guard let text = scanner.text(cell) else {
      throw error(column, "its text is not UTF-8; save the file as UTF-8")
    }
    let mayBeWord = isNumeric || !cell.isQuoted || cell.range.isEmpty
    if mayBeWord, missing.contains(text) { return .missing }
    if isNumeric {
      throw error(
        column,
        "\(scanner.quoted(cell)) is not a number; change it, or leave the cell empty if it is missing"
      )
    }
    guard let code = codes[column][text] else {
      throw error(
        column,
        "\(scanner.quoted(cell)) is none of the categories that the model knows; change it, or leave the cell "
          + "empty")
    }
    return .category(code)
  }
}

extension CSVScanner {
  /// Where `cell` is in the file, with its quotation marks.
  func extent(_ cell: Cell) -> Range<Int> {
    cell.isQuoted ? cell.range.lowerBound - 1..<cell.range.upperBound + 1 : cell.range
  }
}
