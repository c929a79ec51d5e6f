/// The values of a column where its distribution is kept, and the ranks between which each lies, in half
/// cells.
struct Knots<Value: Comparable> {
  private(set) var values: [Value] = []
  /// Twice the number of cells below each value, or as far from it as from the one above it.
  private(set) var lower: [Int] = []
  private(set) var upper: [Int] = []
  /// Twice the number of cells.
  let total: Int

  private typealias Group = (value: Value, below: Int, count: Int)

  /// Those of `cells`, which ascend.
  init(_ cells: [Value]) {
    total = 2 * cells.count
    var groups: [Group] = []
    for (rank, value) in cells.enumerated() {
      if let last = groups.last, last.value == value {
        groups[groups.count - 1].count += 1
      } else {
        groups.append((value, rank, 1))
      }
    }
    // Of very many values, those that occur often, and others at even ranks between them.
    let isFull = groups.count <= QuantileTransform.mostValues
    let share = 2 * cells.count / QuantileTransform.mostValues
    keep(groups, stepsFrom: isFull ? 2 : max(2, share), gap: isFull ? 0 : share)
  }

  /// Keeps the values of `groups` that occur as often as steps do, the first and the last, and those that are
  /// `gap` cells behind the last that was kept.
  private mutating func keep(_ groups: [Group], stepsFrom often: Int, gap: Int) {
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
  }
}

extension Knots<Double> {
  /// Those of the values 0, 1 … which occur as often as `counts` says, each a step.
  init(counts: [Int]) {
    var below = 0
    var groups: [Group] = []
    for (value, count) in counts.enumerated() where count > 0 {
      groups.append((Double(value), below, count))
      below += count
    }
    total = 2 * below
    keep(groups, stepsFrom: 1, gap: 0)
  }
}
