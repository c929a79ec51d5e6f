import LangevinErrors
internal import LangevinFiles
package import LinearAlgebra

/// The combinations of categories of a table's conditions, and their frequencies.
///
/// Samples have conditions drawn from these frequencies unless the user chooses categories.
package struct TableConditions: Codable, Sendable, Hashable {
  /// The combinations that occur, in ascending order: for each condition, in the table's order, the index of
  /// the coordinate that is 1.
  let combinations: [[Int]]
  /// The number of rows with each combination.
  let counts: [Int]

  /// Counts the combinations in `table`, whose columns have the encodings `columns`.
  init(_ table: Table, _ columns: [ColumnEncoding]) {
    let conditions = zip(table.columns, columns).filter(\.1.isCondition)
    var counts: [[Int]: Int] = [:]
    for row in 0..<table.rowCount {
      counts[conditions.map { $1.code($0.cell(row)) }, default: 0] += 1
    }
    combinations = counts.keys.sorted { $0.lexicographicallyPrecedes($1) }
    self.counts = combinations.map { counts[$0] ?? 0 }
  }

  /// Returns the reason why combinations from a file are invalid for the conditions `columns`; nil if they
  /// are valid.
  func problem(_ columns: [ColumnEncoding]) -> String? {
    if columns.isEmpty { return "it has conditions, but none of its columns is one" }
    let arePossible = combinations.allSatisfy { combination in
      combination.count == columns.count
        && zip(combination, columns).allSatisfy { $1.width > $0 && $0 >= 0 }
    }
    let areCounts = counts.allSatisfy { (1...1 << 40).contains($0) }
    guard !counts.isEmpty, counts.count == combinations.count, arePossible, areCounts else {
      return "its conditions do not fit its columns"
    }
    return nil
  }
}

extension TableEncoding {
  /// Returns the coordinates of conditions for `count` rows, a matrix of `count` × ``contextWidth``.
  ///
  /// Combinations of categories are drawn as frequently as they occur in the table, among those with the
  /// chosen categories. If a category is chosen for every condition, all rows have this combination, even if
  /// it does not occur in the table. Row i depends only on `random` and i.
  ///
  /// - Parameters:
  ///   - count: The number of rows.
  ///   - chosen: The category of some or all conditions, by column name; an empty text for a missing cell.
  ///   - random: Draws the combinations.
  /// - Throws: ``TableError`` if a name is not a condition, a text is not one of its categories, or no row of
  ///   the table has the chosen categories.
  package func contexts(
    count: Int, where chosen: [String: String] = [:], random: RandomStream
  ) throws(TableError) -> Matrix<Float> {
    let conditional = columns.filter(\.isCondition)
    var codes: [Int?] = Array(repeating: nil, count: conditional.count)
    for (name, text) in chosen.sorted(by: { $0.key < $1.key }) {
      guard let index = conditional.firstIndex(where: { $0.name == name }) else {
        if conditional.isEmpty { throw .withoutConditions(name) }
        throw .format(
          """
          \(TableError.quoted(name)) is not a condition of the model; its conditions are \
          \(conditional.map(\.name.printable).joined(separator: ", "))
          """)
      }
      codes[index] = try conditional[index].code(of: text)
    }
    let (combinations, counts) = try combinations(matching: codes)
    let starts = conditional.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1.width) }
    var sums = counts
    for index in sums.indices.dropFirst() { sums[index] += sums[index - 1] }
    let total = Double(sums.last ?? 0)
    let draws = random.uniform(rows: count, columns: 1)
    var result = Matrix<Float>(rows: count, columns: contextWidth)
    for row in 0..<count {
      let place = Double(draws[row, 0]) * total
      let index = min(sums.indices.firstReached { Double(sums[$0]) > place }, sums.count - 1)
      for (condition, code) in combinations[index].enumerated() {
        result[row, starts[condition] + code] = 1
      }
    }
    return result
  }

  private func combinations(
    matching codes: [Int?]
  ) throws(TableError) -> (combinations: [[Int]], counts: [Int]) {
    let all = codes.compactMap { $0 }
    if all.count == codes.count { return ([all], [1]) }
    let known = zip(conditions?.combinations ?? [], conditions?.counts ?? [])
    let matching = known.filter { known in
      zip(known.0, codes).allSatisfy { $1 == nil || $0 == $1 }
    }
    if matching.isEmpty {
      throw .format(
        "no row of the data has all these categories; choose others, or one for every condition")
    }
    return (matching.map(\.0), matching.map(\.1))
  }
}

extension ColumnEncoding {
  /// Returns the index of the coordinate of a condition that stands for `text`.
  fileprivate func code(of text: String) throws(TableError) -> Int {
    if let code = categories?.firstIndex(of: text) { return code }
    if text.isEmpty && hasMissing { return categories?.count ?? 0 }
    let known = (categories ?? []).map(\.printable)
    throw .format(
      """
      \(name.printable) has no category \(TableError.quoted(text)); it has \
      \(known.prefix(20).joined(separator: ", "))\(known.count > 20 ? ", …" : "")
      """)
  }
}
