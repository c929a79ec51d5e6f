/// Reads a CSV file of columns whose kinds are not known before: once through for all that are numbers,
/// and again if there are categories, numbers of other notations, or some that `Double` does not hold.
struct TableSurvey {
  private let bytes: [UInt8]
  private let options: TableOptions
  private let layout: CSVLayout
  private var columns: [ColumnReader] = []
  private var cellCount = 0
  /// What the user may want to know, once the table is read.
  private(set) var notes: [TableNote] = []

  init(_ bytes: [UInt8], _ options: TableOptions) throws(TableError) {
    self.bytes = bytes
    self.options = options
    layout = try CSVLayout(bytes, options)
  }

  mutating func table() throws(TableError) -> Table {
    try goThrough()
    guard let rows = columns.first?.count, rows > 0 else {
      throw .format("it has names of columns and nothing more; add rows")
    }
    if rows == 1 { throw .format("it has one row, from which nothing can be learned; add rows") }
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

  /// The options that had no effect.
  private var unused: [TableNote] {
    let areUnused =
      (options.thousands != nil || options.decimalMark != nil)
      && !columns.contains(where: \.hasMarks)
    return MissingWords.unused(options, columns.lazy.map { ($0.name, $0.words) })
      + (areUnused ? [.unusedMarks] : [])
  }

  /// Hands every cell to the reader of its column.
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
    let rows = bytes.count / max(8, scanner.row.count) + 1
    let kept = names.enumerated().filter { !options.dropped.contains($1) }
    if kept.isEmpty { throw .format("no column is left; drop fewer") }
    return kept.map { index, name in
      var kind: ColumnKind?
      if options.categorical.contains(name) { kind = .categorical }
      if options.numeric.contains(name) { kind = .numeric }
      return ColumnReader(
        name, index: index, kind: kind, layout, options, capacity: min(rows, bytes.count))
    }
  }
}
