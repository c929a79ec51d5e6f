import Foundation

/// A column of a ``GeneratedTable``.
struct GeneratedColumn {
  var name = ""
  /// The texts of the cells; nil if the cell is missing.
  var cells: [String?]
  let isNumeric: Bool

  /// Whether the cells differ, so that a model can learn something; -0.00 equals 0.00.
  var varies: Bool {
    if !isNumeric { return cells.contains { $0 != cells[0] } }
    let first = cells[0].flatMap { Double($0) }
    return cells.contains { $0.flatMap { Double($0) } != first }
  }

  /// The texts that occur.
  var texts: Set<String> { Set(cells.compactMap { $0 }) }

  var hasMissing: Bool { cells.contains(nil) }

  /// The smallest and the largest number.
  var range: ClosedRange<Double> {
    let numbers = texts.compactMap { Double($0) }
    return (numbers.min() ?? 0)...(numbers.max() ?? 0)
  }

  /// Removes a share of the cells, one of `shares`, but never all.
  mutating func leaveOut(_ shares: [Double], _ random: inout TableRandom) {
    let share = shares[random.below(shares.count)]
    let kept = random.below(cells.count)
    for row in cells.indices where row != kept && random.chance(share) { cells[row] = nil }
  }

  /// Returns a column of equal cells.
  static func constant(_ rows: Int, _ random: inout TableRandom) -> GeneratedColumn {
    let isNumeric = random.chance(0.5)
    let cell = isNumeric ? ["0", "7", "-3.25", "1e20", "0.1"][random.below(5)] : "same"
    return GeneratedColumn(cells: Array(repeating: cell, count: rows), isNumeric: isNumeric)
  }

  /// Returns a column of 2 to `most` categories: equally frequent in turn or at random, increasingly
  /// rare, or one of them in nearly all rows.
  static func categories(_ rows: Int, most: Int, _ random: inout TableRandom) -> GeneratedColumn {
    // Small counts are more likely.
    let count = 2 + Int(pow(random.unit(), 2) * Double(most - 1))
    return categories(rows, count: count, kind: random.below(5), &random)
  }

  /// Returns a column of `count` categories: in turn if `kind` is 0, otherwise at random.
  static func categories(
    _ rows: Int, count: Int, kind: Int, _ random: inout TableRandom
  ) -> GeneratedColumn {
    let texts = (0..<count).map { text($0, kind: random.below(8)) }
    let steepness = 0.5 + 2.5 * random.unit()
    let cells = (0..<rows).map { row -> String? in
      switch kind {
      case 0: texts[row % count]
      case 1, 2: texts[random.below(count)]
      case 3: texts[Int(pow(random.unit(), steepness * 3) * Double(count))]
      default: texts[random.chance(0.002) || row == 0 ? random.below(count) : 0]
      }
    }
    return GeneratedColumn(cells: cells, isNumeric: false)
  }

  private static func text(_ index: Int, kind: Int) -> String {
    switch kind {
    case 0: "two words \(index)"
    case 1: "a, b \(index)"
    case 2: "\"q\" \(index)"
    case 3: "größer \(index)"
    default: "k\(index)"
    }
  }

  /// Returns numbers from one of many distributions, in a notation that suits them.
  static func numbers(_ rows: Int, _ random: inout TableRandom) -> GeneratedColumn {
    let kind = random.below(12)
    let scale = pow(10, Double(random.below(61) - 30))
    let offset = pow(10, Double(random.below(9)))
    let few = 1 + random.below(5)
    let cells = (0..<rows).map { row -> String? in
      switch kind {
      case 0: "\(Int(random.unit() * 100))"
      // Counts with many ties, and years.
      case 1: "\(Int(-3 * log(1 - random.unit())))"
      case 2: "\(1950 + random.below(75))"
      case 3: fixed(50 + 20 * random.normal(), 2)
      case 4: fixed(exp(2 * random.normal()), 3)
      // Heavy tails, and mostly zeros.
      case 5: fixed(min(max(random.normal() / random.normal(), -1e12), 1e12), 4)
      case 6: random.chance(0.9) ? "0" : "\(random.below(1000))"
      // Denormal or extreme magnitudes, and values far from 0 for their spread.
      case 7: random.chance(0.01) ? "3e-320" : "\(scale * random.normal())"
      case 8: fixed(offset + random.normal(), 1)
      case 9: "\(random.below(few + 1))"
      case 10: "\(row)"
      default: "\(Float(random.normal()))"
      }
    }
    return GeneratedColumn(cells: cells, isNumeric: true)
  }

  private static func fixed(_ number: Double, _ decimals: Int) -> String {
    String(format: "%.\(decimals)f", number)
  }
}
