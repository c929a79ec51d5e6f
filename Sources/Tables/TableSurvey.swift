/// Reads a CSV file with columns of unknown kinds.
///
/// One pass over the file suffices for plain numbers. Categories, numbers in other notations and numbers that
/// `Double` cannot represent need more passes.
struct TableSurvey {
  private let bytes: [UInt8]
  private let options: TableOptions
  private let layout: CSVLayout
  private var columns: [ColumnReader] = []
  private var cellCount = 0
  /// Notes for the user, complete once the table has been read.
  private(set) var notes: [TableNote] = []

  init(_ bytes: [UInt8], _ options: TableOptions) throws(TableError) {
    self.bytes = bytes
    self.options = options
    layout = try CSVLayout(bytes, options)
  }

  mutating func table() throws(TableError) -> Table {
    try goThrough()
    guard let rows = columns.first?.count, rows > 0 else {
      throw .format("it has column names but no rows; add rows")
    }
    if rows == 1 { throw .format("it has one row, too few to learn from; add rows") }
    while true {
      for index in columns.indices { try columns[index].advance() }
      if columns.allSatisfy(\.isComplete) { break }
      try goThrough()
    }
    var result: [Column] = []
    for index in columns.indices { result.append(try columns[index].column()) }
    notes = layout.notes + columns.flatMap(\.notes) + unused
    return Table(
      result, layout: .csv(separator: String(UnicodeScalar(layout.separator))))
  }

  /// Notes about options that had no effect.
  private var unused: [TableNote] {
    let areUnused =
      (options.thousands != nil || options.decimalMark != nil)
      && !columns.contains(where: \.hasMarks)
    return MissingWords.unused(options, columns.lazy.map { ($0.name, $0.words) })
      + (areUnused ? [.unusedMarks] : [])
  }

  /// Makes one pass over the file, giving every cell to the reader of its column.
  private mutating func goThrough() throws(TableError) {
    var scanner = CSVScanner(bytes, separator: layout.separator)
    guard try scanner.readLine() else { throw .format("it is empty; write a line for each row") }
    if options.separator == nil { try scanner.requireSeparators() }
    cellCount = scanner.cells.count
    if columns.isEmpty {
      columns = try readers(
        layout.hasNames ? scanner.allNames() : (0..<cellCount).map { "x\($0)" }, scanner)
    }
    var isFirst = !layout.hasNames
    while true {
      if !isFirst { guard try scanner.readLine() else { break } }
      isFirst = false
      try scanner.requireCells(cellCount)
      for index in columns.indices {
        try columns[index].read(scanner.cells[columns[index].index], scanner)
      }
    }
  }

  /// Returns a reader for each column that is not dropped.
  private func readers(
    _ names: [String], _ scanner: CSVScanner
  ) throws(TableError) -> [ColumnReader] {
    var seen: [String: Int] = [:]
    for (index, name) in names.enumerated() {
      if name.isEmpty {
        throw .cell(
          line: 1, column: index + 1,
          "the name is empty; name all columns"
            + (index == 0
              ? " (pandas leaves its index unnamed: use to_csv(index=False), or name it)" : ""))
      }
      if let first = seen.updateValue(index, forKey: name) {
        throw .cell(
          line: 1, column: index + 1,
          """
          column \(first + 1) has the name \(TableError.quoted(name)) already; give columns \
          different names
          """)
      }
    }
    try options.requireColumns(in: names)
    // An estimate from the length of the first line.
    let rows = bytes.count / max(8, scanner.row.count) + 1
    let kept = names.enumerated().filter { !options.dropped.contains($1) }
    if kept.isEmpty { throw .format("all columns are dropped; keep at least one") }
    return kept.map { index, name in
      var kind: ColumnKind?
      if options.categorical.contains(name) { kind = .categorical }
      if options.numeric.contains(name) { kind = .numeric }
      return ColumnReader(
        name, index: index, kind: kind, layout, options, capacity: min(rows, bytes.count))
    }
  }
}
