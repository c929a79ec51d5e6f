import LangevinErrors
internal import LangevinFiles

/// Collects the cells of one column in one or more passes over the file.
///
/// After each pass, the cells found so far decide whether another pass is needed, and what it looks for.
struct ColumnReader {
  /// What a pass over the file looks for.
  private enum Stage {
    /// Numbers in ``notation``.
    case numbers
    /// Notations among ``candidates`` in which all cells are numbers.
    case notations
    /// Numbers that `Double` cannot represent, in units of the last decimal.
    case units
    /// Texts.
    case categories
    /// Nothing: no other pass is needed.
    case complete
  }

  let name: String
  /// The index of the column in the file.
  let index: Int
  /// The requested kind; nil to detect it.
  private let kind: ColumnKind?
  private let layout: CSVLayout
  private let options: TableOptions
  private var stage: Stage
  private var notation = NumberNotation.plain
  /// Whether ``notation`` is digits and a point, the most frequent notation, which has a faster path.
  private var isPlain = true
  private var candidates: [NumberNotation] = []
  private(set) var words: MissingWords
  /// The number of rows in the current pass.
  private(set) var count = 0
  private var missing = 0
  private var missingText: String?
  private var numbers: [Double] = []
  private var largest = 0.0
  private var statistics = NumberStatistics()
  /// The first cell that is not a number.
  private var firstText: (line: Int, text: String, bytes: [UInt8])?
  private var textCount = 0
  private var units: [Int128] = []
  /// The number of decimals of ``units``.
  private var decimals = 0
  private var codes: [Int32] = []
  private var names: [String: Int32] = [:]
  /// Notes for the user, complete once ``column()`` has returned.
  private(set) var notes: [TableNote] = []

  /// The maximum number of categories of a column.
  static let mostCategories = 256
  /// The maximum number of categories of a column with more numbers than texts, and of one without a note.
  private static let mostUsualCategories = 50

  init(
    _ name: String, index: Int, kind: ColumnKind?, _ layout: CSVLayout, _ options: TableOptions,
    capacity: Int
  ) {
    self.name = name
    self.index = index
    self.kind = kind
    self.layout = layout
    self.options = options
    words = MissingWords(options, column: name)
    stage = kind == .categorical ? .categories : .numbers
    if kind != .categorical { numbers.reserveCapacity(capacity) }
  }

  /// Whether no other pass is needed.
  var isComplete: Bool { stage == .complete }

  private func error(_ line: Int, _ reason: String) -> TableError {
    .cell(line: line, column: index + 1, name: name, reason)
  }

  // MARK: - Reading

  /// Reads a cell for the current pass.
  mutating func read(_ cell: CSVScanner.Field, _ scanner: CSVScanner) throws(TableError) {
    switch stage {
    case .numbers: try readNumber(cell, scanner)
    case .notations: narrow(cell, scanner)
    case .units: readUnits(cell, scanner)
    case .categories: try readCategory(cell, scanner)
    case .complete: break
    }
  }

  private mutating func readNumber(
    _ cell: CSVScanner.Field, _ scanner: CSVScanner
  ) throws(TableError) {
    count += 1
    let text = scanner.bytes[cell.range]
    // The user's words take precedence over numbers, since some of them are numbers.
    if words.areAsked, isMissing(text) {
      if firstText == nil { numbers.append(.nan) }
      return
    }
    if let decimal = isPlain ? Decimal(text) : notation.decimal(text) {
      guard let value = decimal.value ?? notation.value(decimal, text), Float(value).isFinite else {
        throw error(scanner.line, CSVScanner.beyondFloat(scanner.quoted(cell)))
      }
      largest = max(largest, value.magnitude)
      statistics.add(decimal, text)
      if !isPlain { statistics.add(decimal, text, in: notation) }
      if firstText == nil { numbers.append(value) }
      return
    }
    if !words.areAsked, isMissing(text) {
      if firstText == nil { numbers.append(.nan) }
      return
    }
    textCount += 1
    if firstText != nil { return }
    firstText = (scanner.line, scanner.quoted(cell), Array(text))
    // Frees memory: the column is not numeric in this notation.
    numbers = []
    if case .notFinite = scanner.number(cell) {
      let text = scanner.quoted(cell)
      throw .remediable(
        error(scanner.line, "\(text) is not a finite number"), .missingWord(text))
    }
  }

  private mutating func isMissing(_ text: ArraySlice<UInt8>) -> Bool {
    guard words.takesAsked(text) || MissingWords.areInAnyFile(text) else { return false }
    if missingText == nil { missingText = String(decoding: text, as: UTF8.self) }
    missing += 1
    return true
  }

  private mutating func narrow(_ cell: CSVScanner.Field, _ scanner: CSVScanner) {
    count += 1
    let text = scanner.bytes[cell.range]
    if candidates.isEmpty || isMissing(text) { return }
    candidates.removeAll { $0.decimal(text) == nil }
  }

  private mutating func readUnits(_ cell: CSVScanner.Field, _ scanner: CSVScanner) {
    count += 1
    let text = scanner.bytes[cell.range]
    if isMissing(text) {
      units.append(Column.missingUnits)
      return
    }
    if let number = notation.units(text, decimals: decimals) {
      units.append(number)
    } else if notes.isEmpty,
      let value = notation.decimal(text).flatMap({ notation.value($0, text) })
    {
      // `Double` has to suffice.
      let (example, result) = (
        String(decoding: text, as: UTF8.self), statistics.style.text(value)
      )
      if example != result {
        notes.append(.inexact(column: name, example: example, result: result))
      }
    }
  }

  private mutating func readCategory(
    _ cell: CSVScanner.Field, _ scanner: CSVScanner
  ) throws(TableError) {
    count += 1
    if !cell.isQuoted || cell.range.isEmpty, isMissing(scanner.bytes[cell.range]) {
      codes.append(-1)
      return
    }
    guard let text = scanner.text(cell) else {
      throw error(scanner.line, "its text is not UTF-8; save the file as UTF-8")
    }
    if text.utf8.count > CSV.longestText {
      throw .remediable(
        error(
          scanner.line,
          "\(scanner.quoted(cell)) has more than \(CSV.longestText) bytes, too many for a category"),
        .dropColumn(name))
    }
    if let code = names[text] {
      codes.append(code)
      return
    }
    names[text] = Int32(names.count)
    codes.append(Int32(names.count - 1))
    try requireFew()
  }

  /// Throws if the column has too many categories to learn from.
  private func requireFew() throws(TableError) {
    // With more numbers than texts, and many different values, the texts are probably mistakes.
    if let firstText, statistics.count > textCount, names.count > Self.mostUsualCategories {
      throw notANumber(firstText.line, firstText.text)
    }
    if names.count > Self.mostCategories {
      throw Self.tooManyCategories(name, areRequested: kind == .categorical)
    }
  }

  // MARK: - After a pass

  /// Decides, after a pass, what the next pass looks for.
  mutating func advance() throws(TableError) {
    if isComplete { return }
    // A column whose kind is known, for example from a table to compare with, may be empty.
    if missing == count, count > 0, kind == nil { throw Self.allMissing(name) }
    switch stage {
    case .numbers: stage = try afterNumbers()
    case .notations:
      guard let chosen = candidates.first else {
        stage = try afterTexts()
        break
      }
      // The first pass has read the plain notation already.
      stage = chosen == .plain ? afterAllNumbers() : .numbers
      if chosen != .plain { restart(in: chosen) }
    case .units:
      // If one number has too many digits, all are rounded.
      if units.count < count { units = [] } else { numbers = [] }
      stage = .complete
    case .categories, .complete: stage = .complete
    }
    // The next pass counts again.
    if !isComplete { (count, missing) = (0, 0) }
  }

  private mutating func restart(in notation: NumberNotation) {
    (self.notation, isPlain) = (notation, false)
    (statistics, largest, numbers) = (NumberStatistics(), 0, [])
    (firstText, textCount) = (nil, 0)
  }

  private mutating func afterNumbers() throws(TableError) -> Stage {
    let known = options.notations[name]
    let areAsked = options.thousands != nil || options.decimalMark != nil || known != nil
    if isPlain, firstText != nil || areAsked {
      candidates = known.map { [$0] } ?? []
      if firstText != nil || candidates.isEmpty {
        candidates += NumberNotation.candidates(
          for: firstText?.bytes[...], separatedByCommas: layout.separator == UInt8(ascii: ","),
          thousands: options.thousands, decimalMark: options.decimalMark)
      }
      if !candidates.isEmpty {
        // Requested separators take precedence over the point.
        if firstText == nil { candidates.append(.plain) }
        return .notations
      }
    }
    return firstText == nil ? afterAllNumbers() : try afterTexts()
  }

  private mutating func afterAllNumbers() -> Stage {
    guard let decimals = statistics.style.decimals else { return .complete }
    self.decimals = decimals
    return largest * CellStyle.power(decimals) >= 0x1p53 ? .units : .complete
  }

  private func afterTexts() throws(TableError) -> Stage {
    if kind == .numeric, let firstText { throw notANumber(firstText.line, firstText.text) }
    return .categories
  }

  static func allMissing(_ name: String) -> TableError {
    .remediable(
      .format("column \(name.printable): all cells are missing"), .dropColumn(name))
  }

  private func notANumber(_ line: Int, _ text: String) -> TableError {
    .remediable(
      error(line, "\(text) is not a number"),
      .missingWordOrCategories(word: text, column: name))
  }

  static func tooManyCategories(_ name: String, areRequested: Bool) -> TableError {
    .remediable(
      .format("column \(name.printable): it has more than \(mostCategories) categories"),
      areRequested ? .notCategorical(name) : .dropColumn(name))
  }

  // MARK: - Result

  /// Returns the column, after the last pass.
  mutating func column() throws(TableError) -> Column {
    if kind == .categorical || !names.isEmpty {
      if kind == nil, names.count > Self.mostUsualCategories {
        notes.append(
          .manyCategories(column: name, names.count, example: names.keys.min() ?? ""))
      }
      return Column(
        name, Self.sorted(codes, names), style: CellStyle(missing: missingText ?? ""))
    }
    // Tiny numbers are an error only if all are tiny: among larger ones they may become 0.
    if largest > 0 && largest < Double(Float.leastNormalMagnitude) {
      throw .format(
        """
        column \(name.printable): all numbers are too small for 32-bit floats (at most \(largest), less than \
        1.2e-38); scale the column up
        """)
    }
    var style = statistics.style
    style.missing = missingText ?? ""
    notes += statistics.notes(name, style)
    return Column(name, units.isEmpty ? .numbers(numbers) : .exact(units), style: style)
  }

  /// Whether the column has marks of thousands or decimals.
  var hasMarks: Bool {
    let notation = statistics.style.notation
    return names.isEmpty && (notation?.thousands != nil || notation?.decimalMark != nil)
  }

  /// Returns the categories in the order of their texts, not of their first rows.
  private static func sorted(_ codes: [Int32], _ names: [String: Int32]) -> Column.Cells {
    let order = names.sorted { $0.key < $1.key }
    var place = [Int32](repeating: 0, count: order.count)
    for (new, name) in order.enumerated() { place[Int(name.value)] = Int32(new) }
    return .categories(codes.map { $0 < 0 ? -1 : place[Int($0)] }, names: order.map(\.key))
  }
}
