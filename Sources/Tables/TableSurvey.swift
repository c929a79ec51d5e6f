/// Reads a CSV file of columns whose kinds are not known before: once through for all that are numbers,
/// and once more if there are categories.
struct TableSurvey {
  private let bytes: [UInt8]
  private let options: TableOptions
  private let missing: Set<String>
  private var columns: [ColumnReader] = []
  private var cellCount = 0

  init(_ bytes: [UInt8], _ options: TableOptions) throws(TableError) {
    self.bytes = bytes
    self.options = options
    missing = TableOptions.missingWords.union(options.missing)
  }

  mutating func table() throws(TableError) -> Table {
    try goThrough { column, scanner, cell throws(TableError) in
      try column.readNumber(cell, scanner)
    }
    guard let rows = columns.first?.count, rows > 0 else {
      throw .format("it has names of columns and nothing more; add rows")
    }
    if rows == 1 { throw .format("it has one row, from which nothing can be learned; add rows") }
    for index in columns.indices { try columns[index].choose() }
    if columns.contains(where: \.isCategorical) {
      let choices = columns
      try goThrough(restarting: choices) { column, scanner, cell throws(TableError) in
        try column.readCategory(cell, scanner)
      }
    }
    var result: [Column] = []
    for column in columns { result.append(try column.column()) }
    return Table(result)
  }

  /// Hands every cell to the reader of its column.
  private mutating func goThrough(
    restarting choices: [ColumnReader]? = nil,
    _ body: (inout ColumnReader, CSVScanner, CSVScanner.Cell) throws(TableError) -> Void
  ) throws(TableError) {
    var scanner = try CSVScanner(bytes)
    guard try scanner.readLine() else { throw .format("it is empty; write a line for each row") }
    try scanner.requireCommas()
    let names = try scanner.names(hasHeader: options.hasHeader)
    cellCount = scanner.cells.count
    if let choices {
      columns = choices
    } else {
      columns = try readers(names ?? (0..<cellCount).map { "x\($0)" }, scanner)
    }
    var isFirst = names == nil
    while true {
      if !isFirst { guard try scanner.readLine() else { break } }
      isFirst = false
      try scanner.requireCells(cellCount)
      for index in columns.indices {
        try body(&columns[index], scanner, scanner.cells[columns[index].index])
      }
    }
  }

  /// A reader for each column that is kept.
  private func readers(
    _ names: [String], _ scanner: CSVScanner
  ) throws(TableError) -> [ColumnReader] {
    var seen: [String: Int] = [:]
    for (index, name) in names.enumerated() {
      if name.isEmpty {
        throw .cell(
          line: 1, column: index + 1,
          "the name is empty; give each column one"
            + (index == 0
              ? " (of pandas' index: write the file with to_csv(index=False), or name it)" : ""))
      }
      if let first = seen.updateValue(index, forKey: name) {
        throw .cell(
          line: 1, column: index + 1,
          """
          the name \(TableError.quoted(name)) is that of column \(first + 1), too; give columns \
          different names
          """)
      }
    }
    try options.requireColumns(in: names)
    // As many as there will be, if the first line is like the others.
    let rows = bytes.count / max(8, scanner.rowLength) + 1
    let kept = names.enumerated().filter { !options.dropped.contains($1) }
    if kept.isEmpty { throw .format("no column is left; drop fewer") }
    return kept.map { index, name in
      var kind: ColumnKind?
      if options.categorical.contains(name) { kind = .categorical }
      if options.numeric.contains(name) { kind = .numeric }
      return ColumnReader(
        name, index: index, kind: kind, missing: missing, capacity: min(rows, bytes.count))
    }
  }
}
