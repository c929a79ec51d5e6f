/// A window on rows and columns of a matrix in memory that somebody else owns: what layers and
/// products compute on.
///
/// It neither keeps the memory alive nor counts who writes to it. It is handed out by
/// `Matrix.withHandle` and by workspaces, which outlive it; nobody stores it elsewhere.
@safe
package struct MatrixHandle: @unchecked Sendable {
  package let base: UnsafeMutablePointer<Float>
  package let rows: Int
  package let columns: Int
  /// The distance between the first elements of two rows that follow one another.
  package let stride: Int

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
    precondition(
      range.lowerBound >= 0 && range.upperBound <= rows,
      "MatrixHandle: rows \(range) are outside of \(rows) × \(columns)")
    return unsafe MatrixHandle(
      base: base + range.lowerBound * stride, rows: range.count, columns: columns, stride: stride)
  }

  /// Columns `range`, as a window of their own.
  package func columns(_ range: Range<Int>) -> MatrixHandle {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= columns,
      "MatrixHandle: columns \(range) are outside of \(rows) × \(columns)")
    return unsafe MatrixHandle(
      base: base + range.lowerBound, rows: rows, columns: range.count, stride: stride)
  }

  /// Writes `value` to every element.
  package func fill(_ value: Float) {
    for row in 0..<rows { unsafe (base + row * stride).update(repeating: value, count: columns) }
  }

  /// Copies the elements of `source`, of the same shape.
  package func copy(_ source: MatrixHandle) {
    precondition(
      rows == source.rows && columns == source.columns,
      "MatrixHandle: copy of \(source.rows) × \(source.columns) to \(rows) × \(columns)")
    for row in 0..<rows {
      unsafe (base + row * stride).update(from: source.base + row * source.stride, count: columns)
    }
  }
}
