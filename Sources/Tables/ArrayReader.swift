import LinearAlgebra

/// Reads an NPY array as a table.
struct ArrayReader {
  private let options: TableOptions
  /// Notes for the user, complete once the table has been read.
  private(set) var notes: [TableNote] = []

  init(_ options: TableOptions) { self.options = options }

  mutating func table(_ bytes: [UInt8]) throws(TableError) -> Table {
    let table = try NPY.table(parsing: bytes, flattens: options.flattensRows)
    if table.rowCount < 2 {
      throw .format("it has one row, too few to learn from; add rows")
    }
    try options.requireColumns(in: table.columns.map(\.name))
    var columns: [Column] = []
    var words: [MissingWords] = []
    for column in table.columns where !options.dropped.contains(column.name) {
      var missing = MissingWords(options, column: column.name)
      let column = column.replacing(&missing)
      words.append(missing)
      let hasGivenKind = options.numeric.union(options.categorical).contains(column.name)
      if !hasGivenKind && column.missingCount == column.cells.count {
        throw ColumnReader.allMissing(column.name)
      }
      columns.append(
        options.categorical.contains(column.name) ? try column.categories() : column)
    }
    if columns.isEmpty { throw .format("all columns are dropped; keep at least one") }
    notes = MissingWords.unused(options, zip(columns.map(\.name), words))
    if options.separator != nil || options.thousands != nil || options.decimalMark != nil {
      notes.append(.unusedMarks)
    }
    return Table(columns, layout: table.layout)
  }
}

extension Column {
  /// Returns the column with each number that is one of `words` replaced by a missing cell.
  fileprivate func replacing(_ words: inout MissingWords) -> Column {
    if !words.areAsked { return self }
    var result = self
    func isMissing(_ text: String) -> Bool {
      guard words.takesAsked(Array(text.utf8)[...]) else { return false }
      if result.style.missing.isEmpty { result.style.missing = text }
      return true
    }
    switch cells {
    case .numbers(let numbers):
      result.cells = .numbers(
        numbers.map { !$0.isNaN && isMissing(style.text($0)) ? .nan : $0 })
    case .exact(let units):
      result.cells = .exact(
        units.map { isMissing(style.text(units: $0)) ? Self.missingUnits : $0 })
    case .categories: break
    }
    return result
  }
}
