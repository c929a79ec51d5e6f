import LangevinPreconditions

/// A matrix of `Float` or `Double`, row-major and contiguous, with value semantics.
///
/// Copies share their memory until one of them changes. Shapes and indices are checked; a mismatch is a
/// programming error and stops the program with both shapes in the message.
public struct Matrix<Element: MatrixElement>: Sendable {
  /// The number of rows.
  public private(set) var rows: Int
  /// The number of columns.
  public let columns: Int
  @usableFromInline var buffer: AlignedBuffer

  /// Creates an uninitialized matrix of `rows` × `columns`, for callers that write every element.
  @usableFromInline
  package init(uninitializedRows rows: Int, columns: Int) {
    require(rows >= 0 && columns >= 0, "Matrix: \(rows) × \(columns) is not a shape")
    self.rows = rows
    self.columns = columns
    self.buffer = AlignedBuffer(capacity: Self.count(rows, columns), of: Element.self)
  }

  /// Creates a matrix with the memory of `buffer`, which holds `rows` × `columns` elements.
  private init(_ buffer: AlignedBuffer, rows: Int, columns: Int) {
    self.rows = rows
    self.columns = columns
    self.buffer = buffer
  }

  /// Returns `rows * columns`; stops the program if the product overflows.
  static func count(_ rows: Int, _ columns: Int) -> Int {
    let (count, overflow) = rows.multipliedReportingOverflow(by: columns)
    require(!overflow, "Matrix: the number of elements of \(rows) × \(columns) overflows Int")
    return count
  }

  /// The address of the first element.
  ///
  /// It is a computed property because the optimizer of Swift 6.3 fails on a span whose start is read from
  /// the buffer in the same function.
  @usableFromInline @inline(__always)
  var start: UnsafeMutablePointer<Element> {
    unsafe buffer.start.assumingMemoryBound(to: Element.self)
  }

  /// The number of elements: `rows * columns`.
  @inlinable
  public var count: Int { rows &* columns }

  /// Whether the matrix has no elements.
  public var isEmpty: Bool { count == 0 }

  /// The number of rows and of columns.
  public var shape: (rows: Int, columns: Int) { (rows, columns) }

  /// The shape as error messages write it: `rows × columns`.
  package var shapeDescription: String { "\(rows) × \(columns)" }

  /// The element in row `row` and column `column`.
  ///
  /// Writing checks each time whether a copy shares the memory, which takes longer than the write. In loops
  /// over many elements, write to ``mutableRow(_:)`` or ``mutableElements``.
  @inlinable
  public subscript(row: Int, column: Int) -> Element {
    @inline(__always)
    get {
      checkElement(row, column, rows, columns)
      return unsafe start[row &* columns &+ column]
    }
    @inline(__always)
    set {
      checkElement(row, column, rows, columns)
      makeUnique()
      unsafe start[row &* columns &+ column] = newValue
    }
  }

  /// Changes the number of rows; new rows hold zeros.
  ///
  /// The remaining rows keep their elements. Memory is allocated only if it has to grow.
  public mutating func resize(rows newRows: Int) {
    require(newRows >= 0, "Matrix: the number of rows (\(newRows)) is negative")
    let newCount = Self.count(newRows, columns)
    let capacity = buffer.size / MemoryLayout<Element>.stride
    let kept = min(count, newCount)
    if newCount > capacity || !isKnownUniquelyReferenced(&buffer) {
      let grown = AlignedBuffer(capacity: newCount, of: Element.self)
      unsafe grown.start.copyMemory(
        from: buffer.start, byteCount: kept * MemoryLayout<Element>.stride)
      buffer = grown
    }
    if newCount > kept { unsafe (start + kept).update(repeating: 0, count: newCount - kept) }
    rows = newRows
  }

  /// Returns a matrix of another shape with the same elements in row-major order, without a copy.
  ///
  /// - Parameters:
  ///   - rows: The new number of rows.
  ///   - columns: The new number of columns; `rows * columns` must be ``count``.
  public func reshaped(rows: Int, columns: Int) -> Matrix {
    require(
      rows >= 0 && columns >= 0 && Self.count(rows, columns) == count,
      "reshaped: \(shapeDescription) does not have the elements of \(rows) × \(columns)")
    return Matrix(buffer, rows: rows, columns: columns)
  }

  @inlinable @inline(__always)
  mutating func makeUnique() {
    if !isKnownUniquelyReferenced(&buffer) { copyBuffer() }
  }

  @usableFromInline @inline(never)
  mutating func copyBuffer() {
    let copy = AlignedBuffer(capacity: count, of: Element.self)
    unsafe copy.start.copyMemory(
      from: buffer.start, byteCount: count * MemoryLayout<Element>.stride)
    buffer = copy
  }

  /// Calls `body` with a handle of this matrix for reading, valid until `body` returns.
  package func withHandle<R: ~Copyable, E>(
    _ body: (MatrixHandle<Element>) throws(E) -> R
  ) throws(E) -> R {
    defer { withExtendedLifetime(buffer) {} }
    return try body(unsafe MatrixHandle(base: start, rows: rows, columns: columns, stride: columns))
  }

  /// Calls `body` with a handle of this matrix for writing, valid until `body` returns.
  package mutating func withMutableHandle<R: ~Copyable, E>(
    _ body: (MatrixHandle<Element>) throws(E) -> R
  ) throws(E) -> R {
    makeUnique()
    return try withHandle(body)
  }
}

/// Stops the program unless element (`row`, `column`) is inside `rows` × `columns`.
@inlinable @inline(__always)
func checkElement(_ row: Int, _ column: Int, _ rows: Int, _ columns: Int) {
  // An unsigned comparison finds negative indices as well.
  if UInt(bitPattern: row) >= UInt(bitPattern: rows)
    || UInt(bitPattern: column) >= UInt(bitPattern: columns)
  {
    elementFailure(row, column, rows, columns)
  }
}

@usableFromInline @inline(never)
func elementFailure(_ row: Int, _ column: Int, _ rows: Int, _ columns: Int) -> Never {
  requirementFailure("Matrix: element (\(row), \(column)) is outside \(rows) × \(columns)")
}

/// Stops the program unless row `index` is one of `rows`.
@inlinable @inline(__always)
func checkRow(_ index: Int, _ rows: Int, _ columns: Int) {
  if UInt(bitPattern: index) >= UInt(bitPattern: rows) { rowFailure(index, rows, columns) }
}

@usableFromInline @inline(never)
func rowFailure(_ index: Int, _ rows: Int, _ columns: Int) -> Never {
  requirementFailure("Matrix: row \(index) is outside \(rows) × \(columns)")
}

/// Stops the program unless column `index` is one of `columns`.
func checkColumn(_ index: Int, _ rows: Int, _ columns: Int) {
  require(
    index >= 0 && index < columns, "Matrix: column \(index) is outside \(rows) × \(columns)")
}
