import LinearAlgebra

/// From a column's distribution to the standard normal, and exactly back:
///
///     z = Φ⁻¹(F(x)),  x = F⁻¹(Φ(z))
///
/// where F is the column's own cumulative distribution: a line between the ranks of neighbouring
/// values, and a step at each value that occurs more than once. Within a step, F(x) is drawn uniformly,
/// so that the result is normal whatever the column is, and every z of the step leads back to that value
/// (Hoogeboom et al. 2020, arXiv 2001.11235, call this dequantisation). Nothing lies below the least
/// value or above the greatest.
public struct QuantileTransform: Sendable, Hashable, Codable {
  /// Values in ascending order, where F is known.
  let values: [Double]
  /// The rank where F comes to each value, in half cells: twice the number of cells below it.
  let lower: [Int]
  /// The rank where F leaves it.
  let upper: [Int]
  /// Twice the number of cells.
  let total: Int

  /// The most values that are kept.
  static let mostValues = 1000

  /// That of `cells`; nil if there are none, or not all of them are finite.
  public init?(_ cells: [Double]) {
    guard !cells.isEmpty, cells.allSatisfy(\.isFinite) else { return nil }
    var groups: [(value: Double, below: Int, count: Int)] = []
    for (rank, value) in cells.sorted().enumerated() {
      if let last = groups.last, last.value == value {
        groups[groups.count - 1].count += 1
      } else {
        groups.append((value, rank, 1))
      }
    }
    self.init(groups, cellCount: cells.count)
  }

  /// That of the values 0, 1 … which occur as often as `counts` says, in all at least once.
  init(counts: [Int]) {
    var below = 0
    var groups: [(value: Double, below: Int, count: Int)] = []
    for (value, count) in counts.enumerated() where count > 0 {
      groups.append((Double(value), below, count))
      below += count
    }
    self.init(groups, cellCount: below, allAreSteps: true)
  }

  private init(
    _ groups: [(value: Double, below: Int, count: Int)], cellCount: Int, allAreSteps: Bool = false
  ) {
    // Of very many values, those that occur often, and others at even ranks between them.
    let isFull = groups.count <= Self.mostValues
    let often = allAreSteps ? 1 : isFull ? 2 : max(2, 2 * cellCount / Self.mostValues)
    let gap = isFull ? 0 : 2 * cellCount / Self.mostValues
    var values: [Double] = []
    var lower: [Int] = []
    var upper: [Int] = []
    var nextRank = 0
    for (index, group) in groups.enumerated() {
      let isStep = group.count >= often
      let isEnd = index == 0 || index == groups.count - 1
      if !isStep && !isEnd && group.below < nextRank { continue }
      values.append(group.value)
      let rank = 2 * group.below
      lower.append(isStep ? rank : rank + group.count)
      upper.append(isStep ? rank + 2 * group.count : rank + group.count)
      nextRank = group.below + group.count + gap
    }
    (self.values, self.lower, self.upper) = (values, lower, upper)
    total = 2 * cellCount
  }

  /// Whether all cells have one value, which then needs no number to be told.
  public var isConstant: Bool { values.count == 1 }

  /// The least and the greatest value.
  public var range: ClosedRange<Double> { values[0]...values[values.count - 1] }

  /// z of `value`; `place` from 0 up to 1 is where within a step. What is beyond the range counts as its
  /// end.
  public func encode(_ value: Double, place: Double) -> Double {
    let index = values.indices.firstReached { values[$0] >= value }
    let rank: Double
    if index == values.count {
      rank = Double(upper[index - 1])
    } else if values[index] == value || index == 0 {
      // Not at the ends of the step, which as `Float` could belong to its neighbours.
      let place = 0.02 + 0.96 * place
      rank = Double(lower[index]) + place * Double(upper[index] - lower[index])
    } else {
      let part = (value - values[index - 1]) / (values[index] - values[index - 1])
      rank = Double(upper[index - 1]) + part * Double(lower[index] - upper[index - 1])
    }
    // A quarter of a cell from the ends, where Φ⁻¹ is infinite.
    return normalQuantile(min(max(rank, 0.5), Double(total) - 0.5) / Double(total))
  }

  /// The value of `z`.
  public func decode(_ z: Double) -> Double {
    let rank = normalProbability(below: z) * Double(total)
    let index = values.indices.firstReached { Double(upper[$0]) >= rank }
    if index == values.count { return values[index - 1] }
    // As near to a value as the rounding of z to `Float` may have brought it, it is that value.
    let slack = max(0.001, 0x1p-24 * Double(total))
    if index == 0 || Double(lower[index]) - slack <= rank { return values[index] }
    let (from, to) = (Double(upper[index - 1]), Double(lower[index]))
    if rank - from <= slack { return values[index - 1] }
    let part = (rank - from) / (to - from)
    // Not beyond the two by rounding.
    let value = values[index - 1] + part * (values[index] - values[index - 1])
    return min(max(value, values[index - 1]), values[index])
  }

  /// What is wrong with one that was read from a file; nil if nothing is.
  var problem: String? {
    let count = values.count
    guard count > 0, lower.count == count, upper.count == count, total > 0, total < 1 << 48 else {
      return "it has not as many ranks as values"
    }
    for index in 0..<count {
      let isAscending =
        index == 0 || values[index - 1] < values[index] && upper[index - 1] <= lower[index]
      guard isAscending, values[index].isFinite, lower[index] >= 0, lower[index] <= upper[index],
        upper[index] <= total
      else { return "its values and ranks do not ascend" }
    }
    return nil
  }
}
