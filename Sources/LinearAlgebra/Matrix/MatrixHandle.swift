import LangevinPreconditions

/// The package's unchecked view of a block of a matrix, for layers and products.
///
/// The code that creates a handle keeps the memory alive and free of other writers. Users of the package
/// have ``MatrixView`` and ``MutableMatrixView`` instead.
@safe
package struct MatrixHandle<Element: MatrixElement>: @unchecked Sendable {
  /// The first element.
  package let base: UnsafeMutablePointer<Element>
  /// The number of rows.
  package let rows: Int
  /// The number of columns.
  package let columns: Int
  /// The distance between the first elements of adjacent rows.
  package let stride: Int

  /// Creates a view of the memory at `base`, which must stay valid while the handle is in use.
  package init(base: UnsafeMutablePointer<Element>, rows: Int, columns: Int, stride: Int) {
    unsafe self.base = unsafe base
    self.rows = rows
    self.columns = columns
    self.stride = stride
  }

  /// The number of elements.
  package var count: Int { rows * columns }

  /// Whether the rows are adjacent in memory, with no gap between them.
  package var isContiguous: Bool { stride == columns || rows <= 1 }

  /// The shape as error messages write it.
  package var shapeDescription: String { "\(rows) × \(columns)" }

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

  /// Writes `value` to every element.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  package func fill(_ value: Element) {
    for row in 0..<rows { unsafe (base + row * stride).update(repeating: value, count: columns) }
  }

  /// Copies the elements of `source`, which has the same shape.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  package func copy(_ source: MatrixHandle) {
    require(
      rows == source.rows && columns == source.columns,
      "MatrixView: cannot copy \(source.rows) × \(source.columns) to \(rows) × \(columns)")
    for row in 0..<rows {
      unsafe (base + row * stride).update(from: source.base + row * source.stride, count: columns)
    }
  }
}
