import LinearAlgebra

/// A transform from a column's distribution to the standard normal distribution, and exactly back.
///
///     z = Φ⁻¹(F(x)),  x = F⁻¹(Φ(z))
///
/// F is the cumulative distribution of the column, linear between the ranks of neighboring values, with a
/// step at each value that occurs more than once. Within a step, F(x) is drawn uniformly, so z is normal for
/// any column, and every z of the step decodes to the same value; Hoogeboom et al. 2020 (arXiv 2001.11235)
/// call this dequantization. Decoded values lie between the least and the greatest value.
///
/// Values that `Double` cannot represent are integers in units of the last decimal
/// (``Column/Cells/exact(_:)``), and interpolation between them gives integers.
package struct QuantileTransform: Sendable, Hashable {
  /// The values where F is known, in ascending order; exact values are rounded.
  let values: [Double]
  /// The exact values; nil if `Double` represents them.
  let units: [Int128]?
  /// The rank at which F reaches each value, in half cells: twice the number of cells below the value.
  let lower: [Int]
  /// The rank at which F leaves each value, in half cells.
  let upper: [Int]
  /// Twice the number of cells.
  let total: Int

  /// The approximate maximum number of values that are kept.
  static let mostValues = 1000

  /// Creates the transform of `cells`; nil if `cells` is empty, or not all of them are finite.
  package init?(_ cells: [Double]) {
    guard !cells.isEmpty, cells.allSatisfy(\.isFinite) else { return nil }
    let knots = Knots(cells.sorted())
    self.init(knots, values: knots.values, units: nil)
  }

  /// Creates the transform of exact `cells`; nil if `cells` is empty.
  init?(units cells: [Int128]) {
    if cells.isEmpty { return nil }
    let knots = Knots(cells.sorted())
    self.init(knots, values: knots.values.map { Double($0) }, units: knots.values)
  }

  /// Creates the transform of the values 0, 1 …, which occur `counts` times; the total is at least 1.
  init(counts: [Int]) {
    let knots = Knots(counts: counts)
    self.init(knots, values: knots.values, units: nil)
  }

  private init<Value>(_ knots: Knots<Value>, values: [Double], units: [Int128]?) {
    (self.values, self.units) = (values, units)
    (lower, upper, total) = (knots.lower, knots.upper, knots.total)
  }

  /// Whether all cells have the same value, which needs no coordinate.
  package var isConstant: Bool { values.count == 1 }

  /// The number of cells.
  var cellCount: Int { total / 2 }

  /// Whether the values are all values of the cells, so that no cell lies between two of them.
  var holdsAllValues: Bool {
    let held = zip(lower, upper).reduce(0) { $0 + ($1.0 == $1.1 ? 2 : $1.1 - $1.0) }
    return held == total
  }

  /// The least and the greatest value.
  package var range: ClosedRange<Double> { values[0]...values[values.count - 1] }

  /// Returns z of `value`, clamped to ``range``. `place`, from 0 to 1, is the place within a step.
  package func encode(_ value: Double, place: Double) -> Double {
    let index = values.indices.firstReached { values[$0] >= value }
    return encode(
      reached: index, isReached: index < values.count && values[index] == value, place: place
    ) {
      (value - values[index - 1]) / (values[index] - values[index - 1])
    }
  }

  /// Returns z of an exact value, as ``encode(_:place:)`` does.
  func encode(units value: Int128, place: Double) -> Double {
    guard let units else { return encode(Double(value), place: place) }
    let index = units.indices.firstReached { units[$0] >= value }
    return encode(
      reached: index, isReached: index < units.count && units[index] == value, place: place
    ) {
      value.difference(from: units[index - 1]) / units[index].difference(from: units[index - 1])
    }
  }

  /// Returns z of the value with `index`, or of a value `part` of the way to it from the previous one.
  private func encode(
    reached index: Int, isReached: Bool, place: Double, part: () -> Double
  ) -> Double {
    let rank: Double
    if index == values.count {
      rank = Double(upper[index - 1])
    } else if isReached || index == 0 {
      // Rounded to `Float`, the ends of the step could decode to neighboring values.
      let place = 0.02 + 0.96 * place
      rank = Double(lower[index]) + place * Double(upper[index] - lower[index])
    } else {
      rank = Double(upper[index - 1]) + part() * Double(lower[index] - upper[index - 1])
    }
    // Φ⁻¹ is infinite at the ends, so ranks stay a quarter of a cell away.
    return normalQuantile(min(max(rank, 0.5), Double(total) - 0.5) / Double(total))
  }

  /// The place that z decodes to: the index of a known value, or a part of the way from one to the next.
  enum Place {
    case value(Int)
    case between(Int, Int, part: Double)
  }

  /// Returns the place that `z` decodes to.
  func place(of z: Double) -> Place {
    let rank = normalProbability(below: z) * Double(total)
    let index = values.indices.firstReached { Double(upper[$0]) >= rank }
    if index == values.count { return .value(index - 1) }
    // Rounding z to `Float` may have moved the rank of a known value by this much.
    let slack = max(0.001, 0x1p-24 * Double(total))
    if index == 0 || Double(lower[index]) - slack <= rank { return .value(index) }
    let (from, to) = (Double(upper[index - 1]), Double(lower[index]))
    if rank - from <= slack { return .value(index - 1) }
    return .between(index - 1, index, part: (rank - from) / (to - from))
  }

  /// Returns the value that `z` decodes to.
  package func decode(_ z: Double) -> Double { value(at: place(of: z)) }

  /// Returns the value at `place`.
  func value(at place: Place) -> Double {
    switch place {
    case .value(let index): return values[index]
    case .between(let first, let last, let part):
      // Rounding must not move the value beyond the two.
      let value = values[first] + part * (values[last] - values[first])
      return min(max(value, values[first]), values[last])
    }
  }

  /// Returns the exact value at `place`; nil if the values are not exact.
  func units(at place: Place) -> Int128? {
    guard let units else { return nil }
    switch place {
    case .value(let index): return units[index]
    case .between(let first, let last, let part):
      let way = part * units[last].difference(from: units[first])
      return min(max(units[first].advanced(byRounding: way), units[first]), units[last])
    }
  }

  /// The reason why a transform from a file is invalid; nil if it is valid.
  var problem: String? {
    let count = values.count
    guard count > 0, lower.count == count, upper.count == count, total > 0, total < 1 << 48 else {
      return "its ranks do not fit its values"
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
          forKey: .units, in: container, debugDescription: "a value is not a 128-bit integer")
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

  /// Writes exact values as strings, because many JSON parsers read all numbers as `Double`.
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
