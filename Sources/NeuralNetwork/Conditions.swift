import LangevinPreconditions

/// The condition of each row of a batch, such as a timestep, in memory that the caller owns.
@safe
package struct Conditions: @unchecked Sendable {
  /// The conditions, one per row.
  package let base: UnsafePointer<Int32>
  /// The number of rows.
  package let count: Int

  /// Creates a view of `count` conditions at `base`.
  package init(base: UnsafePointer<Int32>, count: Int) {
    unsafe self.base = base
    self.count = count
  }

  /// Returns the conditions of rows `range`.
  package func rows(_ range: Range<Int>) -> Conditions {
    require(
      range.lowerBound >= 0 && range.upperBound <= count,
      "Conditions: rows \(range) are outside 0 ..< \(count)")
    return unsafe Conditions(base: base + range.lowerBound, count: range.count)
  }
}

extension Conditions {
  /// An empty range of the same memory.
  var none: Conditions { unsafe Conditions(base: base, count: 0) }

  /// Returns the conditions of rows `range`, or none if there are no conditions.
  func rowsIfAny(_ range: Range<Int>) -> Conditions { count == 0 ? self : rows(range) }
}

/// The rows of a batch, sorted by their conditions.
///
/// The rows of condition k are `rows[starts[k]] ..< rows[starts[k + 1]]`, in ascending order.
@safe
package struct GroupedConditions: @unchecked Sendable {
  /// The start of each condition in ``rows``, and the end of the last one.
  package let starts: UnsafePointer<Int32>
  /// The numbers of the rows, sorted by condition.
  package let rows: UnsafePointer<Int32>
  /// The number of conditions.
  package let conditionCount: Int
  /// The condition of each row.
  package let byRow: Conditions
}

/// A sorter of the rows of a batch by their conditions, with its memory.
final class ConditionSorter: @unchecked Sendable {
  private let memory: NumberBuffer<Int32>
  private let conditionCount: Int
  private let capacity: Int
  private var sorted: Conditions

  /// Creates a sorter for up to `capacity` rows of `conditionCount` conditions.
  init(capacity: Int, conditionCount: Int) {
    self.capacity = capacity
    self.conditionCount = conditionCount
    memory = NumberBuffer(count: conditionCount + 1 + capacity)
    sorted = unsafe Conditions(base: UnsafePointer(memory.base), count: 0)
  }

  /// The groups of the last call of ``sort(_:)``.
  var groups: GroupedConditions {
    unsafe GroupedConditions(
      starts: UnsafePointer(memory.base),
      rows: UnsafePointer(memory.base + (conditionCount + 1)),
      conditionCount: conditionCount, byRow: sorted)
  }

  /// Sorts the rows of `conditions`, each from 0 to `conditionCount - 1`, by a counting sort.
  func sort(_ conditions: Conditions) {
    sorted = conditions
    if conditionCount == 0 { return }
    require(conditions.count <= capacity, "ConditionSorter: too many rows")
    let starts = unsafe memory.base
    let rows = unsafe starts + (conditionCount + 1)
    unsafe starts.update(repeating: 0, count: conditionCount + 1)
    // 1. starts[k + 1] = the number of rows of condition k, then of all conditions up to k: its end.
    for row in 0..<conditions.count { unsafe starts[Int(conditions.base[row]) + 1] += 1 }
    for k in 0..<conditionCount { unsafe starts[k + 1] += starts[k] }
    // 2. From the last row to the first, each takes the last free place: ends become starts.
    for row in stride(from: conditions.count - 1, through: 0, by: -1) {
      let end = unsafe starts + (Int(conditions.base[row]) + 1)
      unsafe end.pointee -= 1
      unsafe rows[Int(end.pointee)] = Int32(row)
    }
    // 3. Move the starts, which are one place too far right.
    for k in 0..<conditionCount { unsafe starts[k] = starts[k + 1] }
    unsafe starts[conditionCount] = Int32(conditions.count)
  }
}
