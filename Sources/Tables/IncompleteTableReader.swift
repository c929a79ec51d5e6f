/// Reads the columns of a ``TableEncoding`` from a CSV file, and records which cells are missing.
struct IncompleteTableReader {
  /// The missing cells to fill in, in the order of the file once all rows have been read.
  private(set) var missingCells: [IncompleteTable.MissingText] = []
  /// The error of each row that cannot be encoded.
  private(set) var badRows: [TableError] = []
  private var scanner: CSVScanner
  private let encoding: TableEncoding
  private let options: TableOptions
  private let layout: CSVLayout
  private var words: [MissingWords]
  /// The index of each category, for each column of the encoding.
  private let codes: [[String: Int]]
  /// The index in the file of each column of the encoding.
  private var places: [Int] = []
  private var cellCount = 0
  /// Whether the scanner has read the first row already, because the file has no line of names.
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

  /// The separator between the cells of a line.
  var separator: UInt8 { layout.separator }

  /// Notes for the user, complete once the rows have been read.
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

  /// Reads the cells of all rows but the bad ones, in the order of the encoding's columns.
  mutating func rows() throws(TableError) -> [[Cell]] {
    var rows: [[Cell]] = []
    while true {
      if !isFirst { guard try scanner.readLine() else { break } }
      isFirst = false
      try scanner.requireCells(cellCount)
      do throws(TableError) {
        let (cells, missingCells) = try row(rows.count)
        rows.append(cells)
        self.missingCells += missingCells
      } catch {
        badRows.append(error)
      }
    }
    if rows.isEmpty && badRows.isEmpty {
      throw .format("it has column names but no rows; add rows")
    }
    // The columns of the encoding may be in another order than those of the file.
    missingCells.sort { $0.range.lowerBound < $1.range.lowerBound }
    return rows
  }

  /// Returns the cells of the current row, and those of them to fill in.
  private mutating func row(
    _ number: Int
  ) throws(TableError) -> (cells: [Cell], missingCells: [IncompleteTable.MissingText]) {
    var cells: [Cell] = []
    var missingCells: [IncompleteTable.MissingText] = []
    for (column, place) in places.enumerated() {
      let cell = try cell(column, scanner.cells[place])
      if cell == .missing, try isFilledIn(column) {
        missingCells.append(
          .init(row: number, column: column, range: scanner.extent(scanner.cells[place])))
      }
      cells.append(cell)
    }
    return (cells, missingCells)
  }

  private func error(_ column: Int, _ reason: String) -> TableError {
    .cell(
      line: scanner.line, column: places[column] + 1, name: encoding.columns[column].name, reason)
  }

  /// Returns whether a missing cell of `column` is to be filled in.
  ///
  /// The model cannot fill in a condition. A missing one is an error unless the model was trained with
  /// missing ones.
  private func isFilledIn(_ column: Int) throws(TableError) -> Bool {
    let encoding = encoding.columns[column]
    if !encoding.isCondition { return true }
    if encoding.hasMissing { return false }
    throw error(
      column,
      "the condition is missing, and the model cannot fill it in; write its category")
  }

  private mutating func cell(_ column: Int, _ cell: CSVScanner.Field) throws(TableError) -> Cell {
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
    // Hashing a long text can take time that grows with the square of its length.
    guard text.utf8.count <= CSV.longestText, let code = codes[column][text] else {
      throw error(
        column,
        "\(scanner.quoted(cell)) is not a category that the model knows; change it, or leave the cell "
          + "empty")
    }
    return .category(code)
  }

  private func number(
    _ column: Int, _ cell: CSVScanner.Field, _ bytes: ArraySlice<UInt8>
  ) throws(TableError) -> Cell {
    let encoding = encoding.columns[column]
    // Cells may have the notation of the training data, or just digits and a point.
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
  /// Returns the range of `cell` in the file, including its quotation marks.
  func extent(_ cell: Field) -> Range<Int> {
    cell.isQuoted ? cell.range.lowerBound - 1..<cell.range.upperBound + 1 : cell.range
  }
}
