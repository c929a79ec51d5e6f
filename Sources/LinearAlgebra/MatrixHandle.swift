import LangevinPreconditions

/// A window on rows and columns of a matrix in memory that somebody else owns: what layers and
/// products compute on.
///
/// It neither keeps the memory alive nor counts who writes to it. It is handed out by
/// `Matrix.withHandle` and by workspaces, and is valid only as long as they say; only those who
/// write layers meet it.
@safe
public struct MatrixHandle: @unchecked Sendable {
  /// The first element.
  public let base: UnsafeMutablePointer<Float>
  /// How many rows.
  public let rows: Int
  /// How many columns.
  public let columns: Int
  /// The distance between the first elements of two rows that follow one another.
  public let stride: Int

  /// The window on memory at `base`, which must hold it for as long as the handle is used.
  public init(base: UnsafeMutablePointer<Float>, rows: Int, columns: Int, stride: Int) {
    unsafe self.base = unsafe base
    self.rows = rows
    self.columns = columns
    self.stride = stride
  }

  /// Whether no element of other columns lies between the rows.
  public var isContiguous: Bool { stride == columns || rows <= 1 }

  /// Rows `range`, as a window of their own.
  public func rows(_ range: Range<Int>) -> MatrixHandle {
    require(
      range.lowerBound >= 0 && range.upperBound <= rows,
      "MatrixHandle: rows \(range) are outside of \(rows) × \(columns)")
    return unsafe MatrixHandle(
      base: base + range.lowerBound * stride, rows: range.count, columns: columns, stride: stride)
  }

  /// Columns `range`, as a window of their own.
  public func columns(_ range: Range<Int>) -> MatrixHandle {
    require(
      range.lowerBound >= 0 && range.upperBound <= columns,
      "MatrixHandle: columns \(range) are outside of \(rows) × \(columns)")
    return unsafe MatrixHandle(
      base: base + range.lowerBound, rows: rows, columns: range.count, stride: stride)
  }

  func checkRow(_ index: Int) {
    require(
      index >= 0 && index < rows,
      "MatrixHandle: row \(index) is outside of \(rows) × \(columns)")
  }

  /// Writes `value` to every element.
  public func fill(_ value: Float) {
    for row in 0..<rows { unsafe (base + row * stride).update(repeating: value, count: columns) }
  }

  /// Copies the elements of `source`, of the same shape.
  public func copy(_ source: MatrixHandle) {
    require(
      rows == source.rows && columns == source.columns,
      "MatrixHandle: copy of \(source.rows) × \(source.columns) to \(rows) × \(columns)")
    for row in 0..<rows {
      unsafe (base + row * stride).update(from: source.base + row * source.stride, count: columns)
    }
  }
}
