import LangevinPreconditions

/// The package's unchecked view of a block of a matrix, for layers and products.
///
/// The code that creates a handle keeps the memory alive and free of other writers. Users of the package
/// have ``MatrixView`` and ``MutableMatrixView`` instead.
@safe
package struct MatrixHandle: @unchecked Sendable {
  /// The first element.
  package let base: UnsafeMutablePointer<Float>
  /// The number of rows.
  package let rows: Int
  /// The number of columns.
  package let columns: Int
  /// The distance between the first elements of adjacent rows.
  package let stride: Int

  /// Creates a view of the memory at `base`, which must stay valid while the handle is in use.
  package init(base: UnsafeMutablePointer<Float>, rows: Int, columns: Int, stride: Int) {
    unsafe self.base = unsafe base
    self.rows = rows
    self.columns = columns
    self.stride = stride
  }

  /// Whether the rows are adjacent in memory, with no gap between them.
  package var isContiguous: Bool { stride == columns || rows <= 1 }

  /// Returns a view of the rows `range`.
  package func rows(_ range: Range<Int>) -> MatrixHandle {
    require(
      range.lowerBound >= 0 && range.upperBound <= rows,
      "MatrixView: rows \(range) are outside \(rows) × \(columns)")
    return unsafe MatrixHandle(
      base: base + range.lowerBound * stride, rows: range.count, columns: columns, stride: stride)
  }

  /// Returns a view of the columns `range`.
  package func columns(_ range: Range<Int>) -> MatrixHandle {
    require(
      range.lowerBound >= 0 && range.upperBound <= columns,
      "MatrixView: columns \(range) are outside \(rows) × \(columns)")
    return unsafe MatrixHandle(
      base: base + range.lowerBound, rows: rows, columns: range.count, stride: stride)
  }

  func checkElement(_ row: Int, _ column: Int) {
    require(
      row >= 0 && row < rows && column >= 0 && column < columns,
      "MatrixView: element (\(row), \(column)) is outside \(rows) × \(columns)")
  }

  func checkRow(_ index: Int) {
    require(
      index >= 0 && index < rows,
      "MatrixView: row \(index) is outside \(rows) × \(columns)")
  }

  /// Writes `value` to every element.
  package func fill(_ value: Float) {
    for row in 0..<rows { unsafe (base + row * stride).update(repeating: value, count: columns) }
  }

  /// Copies the elements of `source`, which has the same shape.
  package func copy(_ source: MatrixHandle) {
    require(
      rows == source.rows && columns == source.columns,
      "MatrixView: cannot copy \(source.rows) × \(source.columns) to \(rows) × \(columns)")
    for row in 0..<rows {
      unsafe (base + row * stride).update(from: source.base + row * source.stride, count: columns)
    }
  }
}
