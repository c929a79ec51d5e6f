/// Reads the cells of a CSV file that a ``TableEncoding`` knows, and notes where some are missing.
struct IncompleteTableReader {
  private(set) var holes: [IncompleteTable.Hole] = []
  /// What is wrong with each row that the encoding cannot take.
  private(set) var badRows: [TableError] = []
  private var scanner: CSVScanner
  private let encoding: TableEncoding
  private let options: TableOptions
  private let layout: CSVLayout
  private var words: [MissingWords]
  private let codes: [[String: Int]]
  /// For each column of the encoding, its place in the file.
  private var places: [Int] = []
  private var cellCount = 0
  private var isFirst = false

  init(
    _ bytes: [UInt8], _ encoding: TableEncoding, _ options: TableOptions
  ) throws(TableError) {
    self.options = options
    layout = try CSVLayout(bytes, options)
    scanner = CSVScanner(bytes, separator: layout.separator)
    self.encoding = encoding
    words = encoding.columns.map { MissingWords(options, column: $0.name) }
    codes = encoding.columns.map { column in
      Dictionary(
        (column.categories ?? []).enumerated().map { ($1, $0) },
        uniquingKeysWith: { first, _ in first })
    }
    guard try scanner.readLine() else {
      throw .format("it is empty; write a line for each row")
    }
    cellCount = scanner.cells.count
    isFirst = !layout.hasNames
    try findColumns(
      layout.hasNames ? scanner.allNames() : scanner.cells.indices.map { "x\($0)" })
  }

  /// What is between the cells of a line.
  var separator: UInt8 { layout.separator }

  /// What the user may want to know, once the rows are read.
  var notes: [TableNote] {
    layout.notes + MissingWords.unused(options, zip(encoding.columns.map(\.name), words))
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

  /// The cells of each row that is not bad, in the order of the encoding's columns.
  mutating func rows() throws(TableError) -> [[Cell]] {
    var rows: [[Cell]] = []
    while true {
      if !isFirst { guard try scanner.readLine() else { break } }
      isFirst = false
      try scanner.requireCells(cellCount)
      do throws(TableError) {
        let (cells, holes) = try row(rows.count)
        rows.append(cells)
        self.holes += holes
      } catch {
        badRows.append(error)
      }
    }
    if rows.isEmpty && badRows.isEmpty {
      throw .format("it has names of columns and nothing more; add rows")
    }
    // Replaced in the order of the file, whatever that of the encoding is.
    holes.sort { $0.range.lowerBound < $1.range.lowerBound }
    return rows
  }

  /// The cells of the row in hand, and which of them are to be filled in.
  private mutating func row(
    _ number: Int
  ) throws(TableError) -> (cells: [Cell], holes: [IncompleteTable.Hole]) {
    var cells: [Cell] = []
    var holes: [IncompleteTable.Hole] = []
    for (column, place) in places.enumerated() {
      let cell = try cell(column, scanner.cells[place])
      if cell == .missing, try isHole(column) {
        holes.append(
          .init(row: number, column: column, range: scanner.extent(scanner.cells[place])))
      }
      cells.append(cell)
    }
    return (cells, holes)
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

  private mutating func cell(_ column: Int, _ cell: CSVScanner.Cell) throws(TableError) -> Cell {
    let bytes = scanner.bytes[cell.range]
    let encoding = encoding.columns[column]
    let isNumeric = encoding.kind == .numeric
    let mayBeWord = isNumeric || !cell.isQuoted || cell.range.isEmpty
    if mayBeWord, words[column].takesAsked(bytes) || MissingWords.areInAnyFile(bytes) {
      return .missing
    }
    if isNumeric { return try number(column, cell, bytes) }
    guard let text = scanner.text(cell) else {
      throw error(column, "its text is not UTF-8; save the file as UTF-8")
    }
    // To look up a long one would take a time that grows with the square of its length.
    guard text.utf8.count <= CSV.longestText, let code = codes[column][text] else {
      throw error(
        column,
        "\(scanner.quoted(cell)) is not a category that the model knows; change it, or leave the cell "
          + "empty")
    }
    return .category(code)
  }

  private func number(
    _ column: Int, _ cell: CSVScanner.Cell, _ bytes: ArraySlice<UInt8>
  ) throws(TableError) -> Cell {
    let encoding = encoding.columns[column]
    // The way of the model's data, or digits and a point.
    for notation in [encoding.style.notation ?? .plain, .plain] {
      guard let decimal = notation.decimal(bytes) else { continue }
      guard let value = notation.value(decimal, bytes), Float(value).isFinite else {
        throw error(column, CSVScanner.beyondFloat(scanner.quoted(cell)))
      }
      if !encoding.isExact { return .number(value) }
      let decimals = encoding.style.decimals ?? 0
      return .exact(
        notation.units(bytes, decimals: decimals)
          ?? Int128(clampedRounding: value * CellStyle.power(decimals)))
    }
    throw error(
      column,
      "\(scanner.quoted(cell)) is not a number; change it, or leave the cell empty if it is missing"
    )
  }
}

extension CSVScanner {
  /// Where `cell` is in the file, with its quotation marks.
  func extent(_ cell: Cell) -> Range<Int> {
    cell.isQuoted ? cell.range.lowerBound - 1..<cell.range.upperBound + 1 : cell.range
  }
}
