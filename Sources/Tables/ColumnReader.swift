internal import Files

/// Collects the cells of one column.
struct ColumnReader {
  let name: String
  /// Its place in the file, from 0.
  let index: Int
  /// What it holds, as far as that is known.
  private(set) var kind: ColumnKind?
  private let missingWords: Set<String>
  /// How many rows were seen.
  private(set) var count = 0
  private var missing = 0
  private var missingText: String?
  private var numbers: [Double] = []
  private var largest = 0.0
  /// The first cell that is no number.
  private var firstText: (line: Int, text: String)?
  private var textCount = 0
  private var decimals = DecimalCount()
  private var codes: [Int32] = []
  private var names: [String: Int32] = [:]

  /// The most categories of a column.
  static let mostCategories = 256
  /// The most of one whose cells are numbers for the most part.
  private static let mostMixedCategories = 50

  init(_ name: String, index: Int, kind: ColumnKind?, missing: Set<String>, capacity: Int) {
    self.name = name
    self.index = index
    self.kind = kind
    missingWords = missing
    if kind != .categorical { numbers.reserveCapacity(capacity) }
  }

  var isCategorical: Bool { kind == .categorical }

  private func error(_ line: Int, _ reason: String) -> TableError {
    .cell(line: line, column: index + 1, name: name, reason)
  }

  // MARK: - First reading

  mutating func readNumber(
    _ cell: CSVScanner.Cell, _ scanner: CSVScanner
  ) throws(TableError) {
    count += 1
    if kind == .categorical { return }
    let text = scanner.bytes[cell.range]
    if let decimal = Decimal(text) {
      let value = decimal.value ?? Double(String(decoding: text, as: UTF8.self)) ?? .infinity
      guard Float(value).isFinite else {
        throw error(scanner.line, CSVScanner.beyondFloat(scanner.quoted(cell)))
      }
      largest = max(largest, value.magnitude)
      decimals.add(decimal)
      if firstText == nil { numbers.append(value) }
      return
    }
    if isMissing(cell, scanner) {
      if firstText == nil { numbers.append(.nan) }
      return
    }
    textCount += 1
    if firstText != nil { return }
    firstText = (scanner.line, scanner.quoted(cell))
    // Not those of a column that turns out to be categorical.
    numbers = []
    if case .notFinite = scanner.number(cell) {
      throw error(
        scanner.line,
        """
        \(scanner.quoted(cell)) is not a finite number; change it, or, if it stands for a missing \
        cell, leave that empty or say --missing \(scanner.quoted(cell))
        """)
    }
  }

  private mutating func isMissing(_ cell: CSVScanner.Cell, _ scanner: CSVScanner) -> Bool {
    let text = scanner.bytes[cell.range]
    if text.isEmpty {
      if missingText == nil { missingText = "" }
      missing += 1
      return true
    }
    // No word is longer than most texts.
    guard text.count <= 32 else { return false }
    let word = String(decoding: text, as: UTF8.self)
    guard missingWords.contains(word) else { return false }
    if missingText == nil { missingText = word }
    missing += 1
    return true
  }

  /// Decides what the column holds.
  mutating func choose() throws(TableError) {
    if missing == count, count > 0 {
      throw allMissing
    }
    switch kind {
    case .categorical?: break
    case .numeric?:
      if let firstText { throw notANumber(firstText) }
    case nil: kind = firstText == nil ? .numeric : .categorical
    }
    // Counted again by the second reading.
    if kind == .categorical { (count, missing) = (0, 0) }
  }

  private var allMissing: TableError {
    .format(
      "column \(name.printable): all its cells are missing; leave it out with --drop "
        + Self.quotedForDrop(name))
  }

  private func notANumber(_ cell: (line: Int, text: String)) -> TableError {
    error(
      cell.line,
      """
      \(cell.text) is not a number; change it, leave the cell empty if it is missing, or make the \
      column one of categories with --categorical
      """)
  }

  // MARK: - Second reading

  mutating func readCategory(
    _ cell: CSVScanner.Cell, _ scanner: CSVScanner
  ) throws(TableError) {
    guard kind == .categorical else { return }
    count += 1
    if !cell.isQuoted || cell.range.isEmpty, isMissing(cell, scanner) {
      codes.append(-1)
      return
    }
    guard let text = scanner.text(cell) else {
      throw error(scanner.line, "its text is not UTF-8; save the file as UTF-8")
    }
    if text.utf8.count > CSV.longestText {
      throw error(
        scanner.line,
        """
        \(scanner.quoted(cell)) has more than \(CSV.longestText) bytes, too many for a category; shorten \
        it, or leave the column out with --drop \(Self.quotedForDrop(name))
        """)
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
    if let firstText, decimals.count > textCount, names.count > Self.mostMixedCategories {
      throw notANumber(firstText)
    }
    if names.count > Self.mostCategories { throw Self.tooManyCategories(name) }
  }

  /// The name as an item of the list of `--drop`, for a shell.
  private static func quotedForDrop(_ name: String) -> String {
    let text = name.printable
    return (text.contains(",") ? "\"\(text)\"" : text).quotedForShell
  }

  static func tooManyCategories(_ name: String) -> TableError {
    .format(
      """
      column \(name.printable): it has more than \(mostCategories) different categories, too many to \
      learn; leave it out with --drop \(quotedForDrop(name))
      """)
  }

  // MARK: - Result

  func column() throws(TableError) -> Column {
    guard kind == .categorical else {
      // A few such are as good as 0 beside others.
      if largest > 0 && largest < Double(Float.leastNormalMagnitude) {
        throw .format(
          """
          column \(name.printable): its numbers, at most \(largest), are less than 32-bit floats tell apart, \
          1.2e-38; scale it up
          """)
      }
      var style = decimals.style
      style.missing = missingText ?? ""
      return Column(name, .numbers(numbers), style: style)
    }
    if missing == count {
      throw allMissing
    }
    return Column(
      name, Self.sorted(codes, names), style: CellStyle(missing: missingText ?? ""))
  }

  /// Categories in the order of their texts, whatever that of the rows is.
  private static func sorted(_ codes: [Int32], _ names: [String: Int32]) -> Column.Cells {
    let order = names.sorted { $0.key < $1.key }
    var place = [Int32](repeating: 0, count: order.count)
    for (new, name) in order.enumerated() { place[Int(name.value)] = Int32(new) }
    return .categories(codes.map { $0 < 0 ? -1 : place[Int($0)] }, names: order.map(\.key))
  }
}

/// How the numbers of a column are written.
struct DecimalCount {
  private(set) var count = 0
  private var least = Int.max
  private var most = 0
  private var precision = 0
  private var hasExponents = false
  /// The digits that all of them have, if these are integers without a sign.
  private var digits: Int?
  private var haveLeadingZeros = false

  mutating func add(_ decimal: Decimal) {
    if count == 0 { digits = decimal.integerDigits }
    if digits != decimal.integerDigits { digits = nil }
    if decimal.hasLeadingZero { haveLeadingZeros = true }
    count += 1
    least = min(least, decimal.decimals)
    most = max(most, decimal.decimals)
    precision = max(precision, decimal.precision)
    if decimal.hasExponent { hasExponents = true }
  }

  var style: CellStyle {
    if hasExponents || most > CellStyle.mostDecimals { return CellStyle() }
    // Codes of so many digits, and not quantities.
    let isCode = haveLeadingZeros && most == 0 && (2...CellStyle.mostDigits).contains(digits ?? 0)
    return CellStyle(
      decimals: most, precision: precision, isPadded: most > 0 && least == most,
      digits: isCode ? digits : nil)
  }
}
