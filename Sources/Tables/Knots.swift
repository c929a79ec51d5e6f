/// The values of a column at which its distribution is kept, with the range of ranks of each value in half
/// cells.
struct Knots<Value: Comparable> {
  private(set) var values: [Value] = []
  /// The lowest rank of each value: twice the number of cells below it if the value is a step, otherwise the
  /// rank in the middle of its cells.
  private(set) var lower: [Int] = []
  /// The highest rank of each value; equal to the lowest unless the value is a step.
  private(set) var upper: [Int] = []
  /// Twice the number of cells.
  let total: Int

  private typealias Group = (value: Value, below: Int, count: Int)

  /// Creates the knots of `cells`, which are in ascending order.
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
    // If there are too many values, keeps frequent ones, and others at even distances in rank.
    let isFull = groups.count <= QuantileTransform.mostValues
    let share = 2 * cells.count / QuantileTransform.mostValues
    keep(groups, stepsFrom: isFull ? 2 : max(2, share), gap: isFull ? 0 : share)
  }

  /// Keeps the first and last values of `groups`, those that occur at least `often` times, which become
  /// steps, and those at least `gap` cells after the previously kept value.
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
  /// Creates the knots of the values 0, 1 …, which occur `counts` times; each of them is a step.
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
