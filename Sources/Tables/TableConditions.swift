import LangevinErrors
internal import LangevinFiles
package import LinearAlgebra

/// Which categories of a table's conditions occur together, and how often: what rows are drawn under
/// unless somebody chooses.
package struct TableConditions: Codable, Sendable, Hashable {
  /// For each condition, in the table's order, which of its coordinates is 1; all that occur, in ascending
  /// order.
  let combinations: [[Int]]
  /// In how many rows each occurs.
  let counts: [Int]

  /// Those of `table`, whose columns are encoded as `columns` say.
  init(_ table: Table, _ columns: [ColumnEncoding]) {
    let conditions = zip(table.columns, columns).filter(\.1.isCondition)
    var counts: [[Int]: Int] = [:]
    for row in 0..<table.rowCount {
      counts[conditions.map { $1.code($0.cell(row)) }, default: 0] += 1
    }
    combinations = counts.keys.sorted { $0.lexicographicallyPrecedes($1) }
    self.counts = combinations.map { counts[$0] ?? 0 }
  }

  /// What is wrong with one that was read from a file; nil if nothing is.
  func problem(_ columns: [ColumnEncoding]) -> String? {
    if columns.isEmpty { return "it has conditions, and no column is one" }
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
  /// Contexts for `count` rows, n × ``contextWidth``: of the combinations of categories that the table
  /// has, each as often as there, but only those with the categories that `chosen` has for some or all of
  /// the conditions. If it has one for each, that combination, known or not. An empty text is a missing
  /// cell.
  ///
  /// Row i depends on `random` and i alone.
  ///
  /// - Throws: ``TableError`` if a name is none of the conditions, or a text none of its categories, or the
  ///   table has no such row.
  package func contexts(
    count: Int, where chosen: [String: String] = [:], random: RandomStream
  ) throws(TableError) -> Matrix {
    let conditional = columns.filter(\.isCondition)
    var codes: [Int?] = Array(repeating: nil, count: conditional.count)
    for (name, text) in chosen.sorted(by: { $0.key < $1.key }) {
      guard let index = conditional.firstIndex(where: { $0.name == name }) else {
        if conditional.isEmpty { throw .withoutConditions(name) }
        throw .format(
          """
          \(TableError.quoted(name)) is no condition of the model; its conditions are \
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
    var result = Matrix(rows: count, columns: contextWidth)
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
        "no row of the data has these categories together; choose one for each condition, or others"
      )
    }
    return (matching.map(\.0), matching.map(\.1))
  }
}

extension ColumnEncoding {
  /// The number of the coordinate of a condition that stands for `text`.
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
