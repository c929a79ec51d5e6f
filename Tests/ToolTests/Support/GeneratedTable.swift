import Foundation

/// A realistic table that depends on its number alone.
///
/// The tool must accept each table: it has at least two rows, at least one column that is not constant,
/// and at least one present cell in each column.
struct GeneratedTable {
  let number: Int
  let columns: [GeneratedColumn]
  let rowCount: Int

  /// The number of small tables, which come first.
  static let smallCount = 12

  init(_ number: Int) {
    self.number = number
    var random = TableRandom(number)
    let rowCount = Self.rowCount(number, &random)
    self.rowCount = rowCount
    // The time of the measures grows with rows and coordinates.
    let isLarge = rowCount > 20_000
    let isInTurn = Self.isInTurn(number)
    let (categorical, numeric) =
      isInTurn ? (1, number % 2) : (random.below(isLarge ? 3 : 7), random.below(isLarge ? 3 : 6))
    var columns: [GeneratedColumn] = []
    for _ in 0..<max(categorical, numeric == 0 ? 1 : 0) {
      columns.append(
        isInTurn
          ? .categories(rowCount, count: 3, kind: 0, &random)
          : .categories(rowCount, most: isLarge ? 12 : 40, &random))
    }
    for _ in 0..<numeric { columns.append(.numbers(rowCount, &random)) }
    if random.chance(0.2) { columns.append(.constant(rowCount, &random)) }
    if random.chance(0.2) { columns.append(columns[random.below(columns.count)]) }
    if !columns.contains(where: \.varies) {
      columns.append(GeneratedColumn(cells: (0..<rowCount).map { "\($0 % 2)" }, isNumeric: true))
    }
    for index in columns.indices {
      columns[index].name = Self.name(index, &random)
      if random.chance(0.3) { columns[index].leaveOut([0.01, 0.1, 0.5, 0.9], &random) }
    }
    self.columns = columns
  }

  /// Returns whether a table has categories in turn, alone or with numbers: their coordinates have
  /// singular covariances, with rounding errors in one direction.
  private static func isInTurn(_ number: Int) -> Bool {
    number == 6 || (80...93).contains(number % 100)
  }

  /// Returns the number of rows: some hundreds or thousands for most tables, from 2 to 200 000.
  private static func rowCount(_ number: Int, _ random: inout TableRandom) -> Int {
    let part = random.unit()
    if number == 0 { return 2 }
    if isInTurn(number) { return 1650 + 150 * Int(part * 23) }
    if number < smallCount { return 3 + Int(part * 300) }
    switch number % 100 {
    case 99: return 200_000
    case 94...98: return 10_000 + Int(part * 40_000)
    // Evenly spaced logarithms.
    default: return Int(2 * exp(part * log(2500)))
    }
  }

  private static func name(_ index: Int, _ random: inout TableRandom) -> String {
    switch random.below(10) {
    case 0: "a name \(index)"
    case 1: "Größe, m \(index)"
    default: "c\(index)"
    }
  }

  /// The table as a CSV file.
  var csv: Data {
    let word = columns.count == 1 || number % 2 == 0 ? "NA" : ""
    var text = columns.map { Self.quoted($0.name) }.joined(separator: ",") + "\n"
    text.reserveCapacity(rowCount * columns.count * 8)
    for row in 0..<rowCount {
      for (index, column) in columns.enumerated() {
        if index > 0 { text += "," }
        text += column.cells[row].map(Self.quoted) ?? word
      }
      text += "\n"
    }
    return Data(text.utf8)
  }

  private static func quoted(_ text: String) -> String {
    text.contains { $0 == "," || $0 == "\"" }
      ? "\"\(text.replacing("\"", with: "\"\""))\"" : text
  }

  /// A categorical column to use as a condition; another column must vary.
  var condition: String? {
    columns.first { candidate in
      !candidate.isNumeric && columns.contains { $0.name != candidate.name && $0.varies }
    }?.name
  }
}

/// Random numbers from SplitMix64 (Steele, Lea and Flood 2014), seeded by the number of the table.
struct TableRandom {
  private var state: UInt64

  init(_ number: Int) { state = UInt64(number) &* 0xD134_2543_DE82_EF95 }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// Returns a number from 0 up to, but excluding, 1.
  mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }
  mutating func below(_ count: Int) -> Int { Int(unit() * Double(count)) }
  mutating func chance(_ probability: Double) -> Bool { unit() < probability }

  /// Returns a standard normal number.
  mutating func normal() -> Double {
    (-2 * log(1 - unit())).squareRoot() * cos(2 * Double.pi * unit())
  }
}
