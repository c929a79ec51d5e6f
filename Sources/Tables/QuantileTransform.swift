import LinearAlgebra

/// From a column's distribution to the standard normal, and exactly back:
///
///     z = Φ⁻¹(F(x)),  x = F⁻¹(Φ(z))
///
/// where F is the column's own cumulative distribution: a line between the ranks of neighboring
/// values, and a step at each value that occurs more than once. Within a step, F(x) is drawn uniformly,
/// so that the result is normal whatever the column is, and every z of the step leads back to that value
/// (Hoogeboom et al. 2020, arXiv 2001.11235, call this dequantization). Nothing lies below the least
/// value or above the greatest.
///
/// Values that `Double` does not hold are integers in units of the last decimal (``Column/Cells/exact(_:)``);
/// the line between two of them goes through integers.
package struct QuantileTransform: Sendable, Hashable {
  /// Values in ascending order, where F is known; of exact ones, the nearest.
  let values: [Double]
  /// The same, if they are exact; nil if `Double` holds them.
  let units: [Int128]?
  /// The rank where F comes to each value, in half cells: twice the number of cells below it.
  let lower: [Int]
  /// The rank where F leaves it.
  let upper: [Int]
  /// Twice the number of cells.
  let total: Int

  /// The most values that are kept.
  static let mostValues = 1000

  /// That of `cells`; nil if `cells` is empty, or not all of them are finite.
  package init?(_ cells: [Double]) {
    guard !cells.isEmpty, cells.allSatisfy(\.isFinite) else { return nil }
    let knots = Knots(cells.sorted())
    self.init(knots, values: knots.values, units: nil)
  }

  /// That of exact `cells`; nil if `cells` is empty.
  init?(units cells: [Int128]) {
    if cells.isEmpty { return nil }
    let knots = Knots(cells.sorted())
    self.init(knots, values: knots.values.map { Double($0) }, units: knots.values)
  }

  /// That of the values 0, 1 … which occur as often as `counts` says, in all at least once.
  init(counts: [Int]) {
    let knots = Knots(counts: counts)
    self.init(knots, values: knots.values, units: nil)
  }

  private init<Value>(_ knots: Knots<Value>, values: [Double], units: [Int128]?) {
    (self.values, self.units) = (values, units)
    (lower, upper, total) = (knots.lower, knots.upper, knots.total)
  }

  /// Whether all cells have one value, which then needs no number to be told.
  package var isConstant: Bool { values.count == 1 }

  /// The least and the greatest value.
  package var range: ClosedRange<Double> { values[0]...values[values.count - 1] }

  /// z of `value`; `place` from 0 up to 1 is where within a step. What is beyond the range counts as its
  /// end.
  package func encode(_ value: Double, place: Double) -> Double {
    let index = values.indices.firstReached { values[$0] >= value }
    return encode(
      reached: index, isReached: index < values.count && values[index] == value, place: place
    ) {
      (value - values[index - 1]) / (values[index] - values[index - 1])
    }
  }

  /// The same of an exact value, if these are.
  func encode(units value: Int128, place: Double) -> Double {
    guard let units else { return encode(Double(value), place: place) }
    let index = units.indices.firstReached { units[$0] >= value }
    return encode(
      reached: index, isReached: index < units.count && units[index] == value, place: place
    ) {
      value.difference(from: units[index - 1]) / units[index].difference(from: units[index - 1])
    }
  }

  /// z of what is at the value of `index`, or `part` of the way to it from the one before.
  private func encode(
    reached index: Int, isReached: Bool, place: Double, part: () -> Double
  ) -> Double {
    let rank: Double
    if index == values.count {
      rank = Double(upper[index - 1])
    } else if isReached || index == 0 {
      // Not at the ends of the step, which as `Float` could belong to its neighbors.
      let place = 0.02 + 0.96 * place
      rank = Double(lower[index]) + place * Double(upper[index] - lower[index])
    } else {
      rank = Double(upper[index - 1]) + part() * Double(lower[index] - upper[index - 1])
    }
    // A quarter of a cell from the ends, where Φ⁻¹ is infinite.
    return normalQuantile(min(max(rank, 0.5), Double(total) - 0.5) / Double(total))
  }

  /// Where z leads: to a value that is known, or on the way from one to the next.
  enum Place {
    case value(Int)
    case between(Int, Int, part: Double)
  }

  /// The place of `z`.
  func place(of z: Double) -> Place {
    let rank = normalProbability(below: z) * Double(total)
    let index = values.indices.firstReached { Double(upper[$0]) >= rank }
    if index == values.count { return .value(index - 1) }
    // As near to a value as the rounding of z to `Float` may have brought it, it is that value.
    let slack = max(0.001, 0x1p-24 * Double(total))
    if index == 0 || Double(lower[index]) - slack <= rank { return .value(index) }
    let (from, to) = (Double(upper[index - 1]), Double(lower[index]))
    if rank - from <= slack { return .value(index - 1) }
    return .between(index - 1, index, part: (rank - from) / (to - from))
  }

  /// The value of `z`.
  package func decode(_ z: Double) -> Double { value(at: place(of: z)) }

  /// The value at `place`.
  func value(at place: Place) -> Double {
    switch place {
    case .value(let index): return values[index]
    case .between(let first, let last, let part):
      // Not beyond the two by rounding.
      let value = values[first] + part * (values[last] - values[first])
      return min(max(value, values[first]), values[last])
    }
  }

  /// The exact value at `place`; nil if values are not exact.
  func units(at place: Place) -> Int128? {
    guard let units else { return nil }
    switch place {
    case .value(let index): return units[index]
    case .between(let first, let last, let part):
      let way = part * units[last].difference(from: units[first])
      return min(max(units[first].advanced(byRounding: way), units[first]), units[last])
    }
  }

  /// What is wrong with one that was read from a file; nil if nothing is.
  var problem: String? {
    let count = values.count
    guard count > 0, lower.count == count, upper.count == count, total > 0, total < 1 << 48 else {
      return "it has not as many ranks as values"
    }
    for index in 0..<count {
      let isAscending =
        index == 0
        || (units.map { $0[index - 1] < $0[index] } ?? (values[index - 1] < values[index]))
          && upper[index - 1] <= lower[index]
      guard isAscending, values[index].isFinite, lower[index] >= 0, lower[index] <= upper[index],
        upper[index] <= total
      else { return "its values and ranks do not ascend" }
    }
    return nil
  }
}

extension QuantileTransform: Codable {
  private enum CodingKeys: CodingKey {
    case values, units, lower, upper, total
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    if let texts = try container.decodeIfPresent([String].self, forKey: .units) {
      let units = texts.compactMap { Int128($0) }
      guard units.count == texts.count, !units.contains(Column.missingUnits) else {
        throw DecodingError.dataCorruptedError(
          forKey: .units, in: container, debugDescription: "a value is no integer of 128 bits")
      }
      (self.units, values) = (units, units.map { Double($0) })
    } else {
      units = nil
      values = try container.decode([Double].self, forKey: .values)
    }
    lower = try container.decode([Int].self, forKey: .lower)
    upper = try container.decode([Int].self, forKey: .upper)
    total = try container.decode(Int.self, forKey: .total)
  }

  /// Exact values are texts, since many readers of JSON take all numbers for `Double`.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    if let units {
      try container.encode(units.map(\.description), forKey: .units)
    } else {
      try container.encode(values, forKey: .values)
    }
    try container.encode(lower, forKey: .lower)
    try container.encode(upper, forKey: .upper)
    try container.encode(total, forKey: .total)
  }
}
