import LangevinKernelTable
import LangevinPreconditions
import LinearAlgebra

/// The levels of a batch whose conditions ascend, so that the rows of a level are adjacent.
///
/// Level 0 is the level of the first row.
@safe
final class BatchLevels: @unchecked Sendable {
  private let memory: NumberBuffer<Int32>
  private let capacity: Int
  private var rowCount = 0
  /// The rows of the features from the level of the first row to that of the last.
  private(set) var range = 0..<0

  /// Creates memory for up to `capacity` rows and `capacity` levels.
  init(capacity: Int) {
    self.capacity = capacity
    memory = NumberBuffer(count: 3 * capacity + 1)
    for row in 0..<capacity { unsafe rows[row] = Int32(row) }
  }

  /// The level of each row, as memory.
  private var levels: UnsafeMutablePointer<Int32> { unsafe memory.base }
  /// The numbers of all rows: 0, 1, …
  private var rows: UnsafeMutablePointer<Int32> { unsafe memory.base + capacity }
  /// The first row of each level, and the end of the last level.
  private var starts: UnsafeMutablePointer<Int32> { unsafe memory.base + 2 * capacity }

  /// The level of each row.
  var conditions: Conditions {
    unsafe Conditions(base: UnsafePointer(levels), count: rowCount)
  }

  /// The number of levels, including levels without rows between others.
  var count: Int { range.count }

  /// Reads the levels of `conditions`, which ascend.
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

  /// Returns the row nearest to `row` at which a level begins or the batch ends.
  func boundary(near row: Int) -> Int {
    if row <= 0 || row >= rowCount { return row }
    let level = unsafe Int(levels[row])
    let (start, end) = unsafe (Int(starts[level]), Int(starts[level + 1]))
    return row - start < end - row ? start : end
  }

  /// Returns the levels of `rows`, which begin and end at boundaries of levels.
  ///
  /// Adjacent ranges of rows that cover the batch get adjacent ranges that cover all levels.
  func levels(of rows: Range<Int>) -> Range<Int> {
    if rows.isEmpty { return 0..<0 }
    let lower = unsafe rows.lowerBound == 0 ? 0 : Int(levels[rows.lowerBound])
    let upper = unsafe rows.upperBound == rowCount ? count : Int(levels[rows.upperBound])
    return lower..<upper
  }

  /// Sets `table[k] = Σ x[r]` over the rows r of level k, for each level k of `range`.
  func sum(
    _ x: MatrixHandle<Float>, to table: MatrixHandle<Float>, levels range: Range<Int>,
    engine: Engine
  ) {
    let table = table.rows(range)
    unsafe engine.kernels.sumRowsByCondition(
      table.rows, table.columns, x.start, x.stride, starts + range.lowerBound, rows, false,
      table.base, table.stride)
  }
}
