import LangevinErrors
internal import LangevinFiles

/// Collects the cells of one column, in one reading of the file or several: what a reading has found decides
/// whether another is needed, and of what.
struct ColumnReader {
  /// What a reading of the file looks for.
  private enum Stage {
    /// Numbers in ``notation``.
    case numbers
    /// Those of ``candidates`` that all cells are numbers in.
    case notations
    /// Numbers that `Double` does not hold, in units of the last decimal.
    case units
    /// Texts.
    case categories
    /// Nothing more.
    case complete
  }

  let name: String
  /// Its place in the file, from 0.
  let index: Int
  /// What it is to hold; nil if its cells show it.
  private let kind: ColumnKind?
  private let layout: CSVLayout
  private let options: TableOptions
  private var stage: Stage
  private var notation = NumberNotation.plain
  /// Whether ``notation`` is digits and a point, which most are and which is read faster.
  private var isPlain = true
  private var candidates: [NumberNotation] = []
  private(set) var words: MissingWords
  /// How many rows were seen.
  private(set) var count = 0
  private var missing = 0
  private var missingText: String?
  private var numbers: [Double] = []
  private var largest = 0.0
  private var statistics = NumberStatistics()
  /// The first cell that is no number.
  private var firstText: (line: Int, text: String, bytes: [UInt8])?
  private var textCount = 0
  private var units: [Int128] = []
  /// Digits behind the point in ``units``.
  private var decimals = 0
  private var codes: [Int32] = []
  private var names: [String: Int32] = [:]
  /// What its user may want to know.
  private(set) var notes: [TableNote] = []

  /// The most categories of a column.
  static let mostCategories = 256
  /// The most of one whose cells are numbers for the most part.
  private static let mostMixedCategories = 50

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

  /// Whether no other reading is needed.
  var isComplete: Bool { stage == .complete }

  private func error(_ line: Int, _ reason: String) -> TableError {
    .cell(line: line, column: index + 1, name: name, reason)
  }

  // MARK: - Reading

  /// Reads a cell for the reading in hand.
  mutating func read(_ cell: CSVScanner.Cell, _ scanner: CSVScanner) throws(TableError) {
    switch stage {
    case .numbers: try readNumber(cell, scanner)
    case .notations: narrow(cell, scanner)
    case .units: readUnits(cell, scanner)
    case .categories: try readCategory(cell, scanner)
    case .complete: break
    }
  }

  private mutating func readNumber(
    _ cell: CSVScanner.Cell, _ scanner: CSVScanner
  ) throws(TableError) {
    count += 1
    let text = scanner.bytes[cell.range]
    // The words that were asked for come before numbers, which some of them are.
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
    // Not those of a column that turns out to be categorical.
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

  private mutating func narrow(_ cell: CSVScanner.Cell, _ scanner: CSVScanner) {
    count += 1
    let text = scanner.bytes[cell.range]
    if candidates.isEmpty || isMissing(text) { return }
    candidates.removeAll { $0.decimal(text) == nil }
  }

  private mutating func readUnits(_ cell: CSVScanner.Cell, _ scanner: CSVScanner) {
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
      // The nearest numbers serve.
      let (example, result) = (
        String(decoding: text, as: UTF8.self), statistics.style.text(value)
      )
      if example != result {
        notes.append(.inexact(column: name, example: example, result: result))
      }
    }
  }

  private mutating func readCategory(
    _ cell: CSVScanner.Cell, _ scanner: CSVScanner
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

  /// Refuses a column of which nothing can be learned but its texts by heart.
  private func requireFew() throws(TableError) {
    // Numbers for the most part, and of many values: the rest are slips.
    if let firstText, statistics.count > textCount, names.count > Self.mostMixedCategories {
      throw notANumber(firstText.line, firstText.text)
    }
    if names.count > Self.mostCategories { throw Self.tooManyCategories(name) }
  }

  // MARK: - After a reading

  /// Decides, after a reading, what the next has to look for.
  mutating func advance() throws(TableError) {
    if isComplete { return }
    // Where the kind is told, as by the table that this one is compared with, a column may be empty.
    if missing == count, count > 0, kind == nil { throw Self.allMissing(name) }
    switch stage {
    case .numbers: stage = try afterNumbers()
    case .notations:
      guard let chosen = candidates.first else {
        stage = try afterTexts()
        break
      }
      // With a point alone, all is known already.
      stage = chosen == .plain ? afterAllNumbers() : .numbers
      if chosen != .plain { restart(in: chosen) }
    case .units:
      // Where one number has too many digits, all are rounded.
      if units.count < count { units = [] } else { numbers = [] }
      stage = .complete
    case .categories, .complete: stage = .complete
    }
    // Counted again by the next reading.
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
        // Marks that were asked for come before the point.
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
      .format("column \(name.printable): all its cells are missing"), .dropColumn(name))
  }

  private func notANumber(_ line: Int, _ text: String) -> TableError {
    .remediable(
      error(line, "\(text) is not a number"),
      .missingWordOrCategories(word: text, column: name))
  }

  static func tooManyCategories(_ name: String) -> TableError {
    .remediable(
      .format("column \(name.printable): it has more than \(mostCategories) categories"),
      .dropColumn(name))
  }

  // MARK: - Result

  /// The column, after the last reading.
  mutating func column() throws(TableError) -> Column {
    if kind == .categorical || !names.isEmpty {
      return Column(
        name, Self.sorted(codes, names), style: CellStyle(missing: missingText ?? ""))
    }
    // A few such are as good as 0 beside others.
    if largest > 0 && largest < Double(Float.leastNormalMagnitude) {
      throw .format(
        """
        column \(name.printable): its numbers, at most \(largest), are less than 32-bit floats tell apart, \
        1.2e-38; scale it up
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

  /// Categories in the order of their texts, whatever that of the rows is.
  private static func sorted(_ codes: [Int32], _ names: [String: Int32]) -> Column.Cells {
    let order = names.sorted { $0.key < $1.key }
    var place = [Int32](repeating: 0, count: order.count)
    for (new, name) in order.enumerated() { place[Int(name.value)] = Int32(new) }
    return .categories(codes.map { $0 < 0 ? -1 : place[Int($0)] }, names: order.map(\.key))
  }
}
