import LangevinKernelTable
import LangevinPreconditions
import LinearAlgebra

/// The levels of a batch, of which each has rows one after the other: conditions in ascending order.
///
/// Levels are counted from that of the first row on.
@safe
final class BatchLevels: @unchecked Sendable {
  private let memory: NumberBuffer<Int32>
  private let capacity: Int
  private var rowCount = 0
  /// The levels from that of the first row to that of the last, as rows of the features.
  private(set) var range = 0..<0

  /// For up to `capacity` rows and as many levels.
  init(capacity: Int) {
    self.capacity = capacity
    memory = NumberBuffer(count: 3 * capacity + 1)
    for row in 0..<capacity { unsafe rows[row] = Int32(row) }
  }

  /// The level of each row.
  private var levels: UnsafeMutablePointer<Int32> { unsafe memory.base }
  /// The numbers of all rows.
  private var rows: UnsafeMutablePointer<Int32> { unsafe memory.base + capacity }
  /// Where the rows of each level start; one more than there are levels.
  private var starts: UnsafeMutablePointer<Int32> { unsafe memory.base + 2 * capacity }

  /// The level of each row.
  var conditions: Conditions {
    unsafe Conditions(base: UnsafePointer(levels), count: rowCount)
  }

  /// How many levels there are, those without rows between others included.
  var count: Int { range.count }

  /// Takes over the levels of `conditions`, which ascend.
  func read(_ conditions: Conditions) {
    rowCount = conditions.count
    if rowCount == 0 {
      range = 0..<0
      return
    }
    let first = unsafe conditions.base[0]
    let last = unsafe conditions.base[rowCount - 1]
    range = Int(first)..<Int(last) + 1
    require(
      rowCount <= capacity && count <= capacity,
      "Workspace: \(rowCount) rows of \(count) levels do not fit a capacity of \(capacity)")
    var level = 0
    for row in 0..<rowCount {
      let own = unsafe Int(conditions.base[row] - first)
      unsafe levels[row] = Int32(own)
      while level <= own {
        unsafe starts[level] = Int32(row)
        level += 1
      }
    }
    unsafe starts[count] = Int32(rowCount)
  }

  /// `row`, or the nearest row where a level begins.
  func boundary(near row: Int) -> Int {
    if row <= 0 || row >= rowCount { return row }
    let level = unsafe Int(levels[row])
    let (start, end) = unsafe (Int(starts[level]), Int(starts[level + 1]))
    return row - start < end - row ? start : end
  }

  /// The levels that belong to `rows`, which begin and end where levels do: to rows that together are
  /// the batch, all levels.
  func levels(of rows: Range<Int>) -> Range<Int> {
    if rows.isEmpty { return 0..<0 }
    let lower = unsafe rows.lowerBound == 0 ? 0 : Int(levels[rows.lowerBound])
    let upper = unsafe rows.upperBound == rowCount ? count : Int(levels[rows.upperBound])
    return lower..<upper
  }

  /// `table[k] = Σ x[r]` over the rows r of each level k of `range`.
  func sum(_ x: MatrixHandle, to table: MatrixHandle, levels range: Range<Int>, engine: Engine) {
    let table = table.rows(range)
    unsafe engine.kernels.sumRowsByCondition(
      table.rows, table.columns, x.start, x.stride, starts + range.lowerBound, rows, false,
      table.base, table.stride)
  }
}
