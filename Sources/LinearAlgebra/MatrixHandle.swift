import LangevinPreconditions

/// The package's own view of a block of a matrix, for layers and products.
///
/// It neither keeps the memory alive nor guards it against other writers: whoever makes one sees to
/// both. Outside of the package there are ``MatrixView`` and ``MutableMatrixView``.
@safe
package struct MatrixHandle: @unchecked Sendable {
  /// The first element.
  package let base: UnsafeMutablePointer<Float>
  /// How many rows.
  package let rows: Int
  /// How many columns.
  package let columns: Int
  /// The distance between the first elements of two rows that follow one another.
  package let stride: Int

  /// The window on memory at `base`, which must hold it for as long as the handle is used.
  package init(base: UnsafeMutablePointer<Float>, rows: Int, columns: Int, stride: Int) {
    unsafe self.base = unsafe base
    self.rows = rows
    self.columns = columns
    self.stride = stride
  }

  /// Whether no element of other columns lies between the rows.
  package var isContiguous: Bool { stride == columns || rows <= 1 }

  /// Rows `range`, as a window of their own.
  package func rows(_ range: Range<Int>) -> MatrixHandle {
    require(
      range.lowerBound >= 0 && range.upperBound <= rows,
      "MatrixView: rows \(range) are outside of \(rows) × \(columns)")
    return unsafe MatrixHandle(
      base: base + range.lowerBound * stride, rows: range.count, columns: columns, stride: stride)
  }

  /// Columns `range`, as a window of their own.
  package func columns(_ range: Range<Int>) -> MatrixHandle {
    require(
      range.lowerBound >= 0 && range.upperBound <= columns,
      "MatrixView: columns \(range) are outside of \(rows) × \(columns)")
    return unsafe MatrixHandle(
      base: base + range.lowerBound, rows: rows, columns: range.count, stride: stride)
  }

  func checkElement(_ row: Int, _ column: Int) {
    require(
      row >= 0 && row < rows && column >= 0 && column < columns,
      "MatrixView: element (\(row), \(column)) is outside of \(rows) × \(columns)")
  }

  func checkRow(_ index: Int) {
    require(
      index >= 0 && index < rows,
      "MatrixView: row \(index) is outside of \(rows) × \(columns)")
  }

  /// Writes `value` to every element.
  package func fill(_ value: Float) {
    for row in 0..<rows { unsafe (base + row * stride).update(repeating: value, count: columns) }
  }

  /// Copies the elements of `source`, of the same shape.
  package func copy(_ source: MatrixHandle) {
    require(
      rows == source.rows && columns == source.columns,
      "MatrixView: copy of \(source.rows) × \(source.columns) to \(rows) × \(columns)")
    for row in 0..<rows {
      unsafe (base + row * stride).update(from: source.base + row * source.stride, count: columns)
    }
  }
}
