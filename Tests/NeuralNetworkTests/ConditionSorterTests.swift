import LinearAlgebra
import Testing

@testable import NeuralNetwork

/// The rows of a batch sorted by condition, compared with a plain grouping.
@Suite struct ConditionSorterTests {
  private func sort(_ conditions: [Int32], by sorter: ConditionSorter) {
    unsafe conditions.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      unsafe sorter.sort(Conditions(base: base, count: buffer.count))
    }
  }

  /// Returns the rows of each condition from the sorter.
  private func rows(_ groups: GroupedConditions) -> [[Int32]] {
    (0..<groups.conditionCount).map { condition in
      let (start, end) = unsafe (groups.starts[condition], groups.starts[condition + 1])
      return (start..<end).map { unsafe groups.rows[Int($0)] }
    }
  }

  private func conditions(_ count: Int, below bound: Int, seed: UInt64) -> [Int32] {
    var conditions = [Int32](repeating: 0, count: count)
    RandomStream(seed: seed).fillIntegers(below: bound, &conditions)
    return conditions
  }

  private func check(_ conditions: [Int32], below bound: Int, by sorter: ConditionSorter) {
    sort(conditions, by: sorter)
    let groups = sorter.groups
    #expect(groups.conditionCount == bound)
    #expect(unsafe groups.starts[0] == 0)
    #expect(unsafe groups.starts[bound] == Int32(conditions.count))
    let expected = (0..<bound).map { condition in
      conditions.indices.filter { conditions[$0] == condition }.map { Int32($0) }
    }
    #expect(rows(groups) == expected)
  }

  @Test(arguments: [1, 2, 7, 128], [1, 2, 3, 50, 1000])
  func groupsMatchTheDefinition(rows: Int, bound: Int) {
    let sorter = ConditionSorter(capacity: rows, conditionCount: bound)
    check(conditions(rows, below: bound, seed: 1), below: bound, by: sorter)
  }

  /// All rows have the same condition, also the first or the last.
  @Test(arguments: [0, 3, 9] as [Int32])
  func acceptsASingleCondition(_ condition: Int32) {
    let sorter = ConditionSorter(capacity: 20, conditionCount: 10)
    check([Int32](repeating: condition, count: 20), below: 10, by: sorter)
  }

  /// A batch does not depend on the previous one, larger or smaller.
  @Test func batchesAreIndependent() {
    let sorter = ConditionSorter(capacity: 64, conditionCount: 9)
    for (number, rows) in [64, 3, 17, 64, 1, 40].enumerated() {
      check(conditions(rows, below: 9, seed: UInt64(number)), below: 9, by: sorter)
    }
  }

  @Test func zeroConditionsHaveNoGroups() {
    let sorter = ConditionSorter(capacity: 5, conditionCount: 0)
    // Conditions are not read: a network without conditions may be given any.
    sort([7, -1, 1000], by: sorter)
    #expect(sorter.groups.conditionCount == 0)
    #expect(unsafe sorter.groups.starts[0] == 0)
  }
}
