import LangevinPreconditions

/// A matrix of `Float`, row-major and contiguous, with value semantics.
///
/// Copies share their memory until one of them changes. Shapes and indices are checked; a mismatch is a
/// programming error and stops the program with both shapes in the message.
public struct Matrix: Sendable {
  /// The number of rows.
  public private(set) var rows: Int
  /// The number of columns.
  public let columns: Int
  private var buffer: AlignedBuffer

  /// Creates an uninitialized matrix of `rows` × `columns`, for callers that write every element.
  package init(uninitializedRows rows: Int, columns: Int) {
    require(rows >= 0 && columns >= 0, "Matrix: \(rows) × \(columns) is not a shape")
    self.rows = rows
    self.columns = columns
    self.buffer = AlignedBuffer(capacity: Self.count(rows, columns))
  }

  /// Creates a matrix of `rows` × `columns` in which every element is `value`.
  public init(rows: Int, columns: Int, repeating value: Float = 0) {
    self.init(uninitializedRows: rows, columns: columns)
    unsafe buffer.base.initialize(repeating: value, count: count)
  }

  /// Creates a matrix of `rows` × `columns` from `elements` in row-major order.
  public init(rows: Int, columns: Int, elements: some Collection<Float>) {
    self.init(uninitializedRows: rows, columns: columns)
    require(
      elements.count == count,
      "Matrix: \(elements.count) elements do not fill \(rows) × \(columns)")
    var next = 0
    for element in elements {
      unsafe buffer.base[next] = element
      next += 1
    }
  }

  /// Creates a matrix from its rows, all of the same length.
  public init(_ rows: [[Float]]) {
    let columns = rows.first?.count ?? 0
    for (index, row) in rows.enumerated() {
      require(
        row.count == columns,
        "Matrix: row \(index) has \(row.count) elements, but row 0 has \(columns)")
    }
    self.init(rows: rows.count, columns: columns, elements: rows.joined().map { $0 })
  }

  /// Creates a matrix of `rows` × `columns` whose element (i, j) is `element(i, j)`.
  public init(rows: Int, columns: Int, element: (Int, Int) throws -> Float) rethrows {
    self.init(uninitializedRows: rows, columns: columns)
    for i in 0..<rows {
      for j in 0..<columns { unsafe buffer.base[i * columns + j] = try element(i, j) }
    }
  }

  /// Returns the identity matrix of order `size`.
  public static func identity(_ size: Int) -> Matrix {
    diagonal([Float](repeating: 1, count: size))
  }

  /// Returns the square matrix with `elements` on its diagonal and zeros elsewhere.
  public static func diagonal(_ elements: [Float]) -> Matrix {
    var matrix = Matrix(rows: elements.count, columns: elements.count)
    for (i, element) in elements.enumerated() { matrix[i, i] = element }
    return matrix
  }

  /// Returns `rows * columns`; stops the program if the product overflows.
  private static func count(_ rows: Int, _ columns: Int) -> Int {
    let (count, overflow) = rows.multipliedReportingOverflow(by: columns)
    require(!overflow, "Matrix: the number of elements of \(rows) × \(columns) overflows Int")
    return count
  }

  /// The number of elements: `rows * columns`.
  public var count: Int { rows * columns }

  /// Whether the matrix has no elements.
  public var isEmpty: Bool { count == 0 }

  /// The shape as error messages write it: `rows × columns`.
  package var shapeDescription: String { "\(rows) × \(columns)" }

  /// The element in row `row` and column `column`.
  public subscript(row: Int, column: Int) -> Float {
    get {
      check(row, column)
      return unsafe buffer.base[row * columns + column]
    }
    set {
      check(row, column)
      makeUnique()
      unsafe buffer.base[row * columns + column] = newValue
    }
  }

  private func check(_ row: Int, _ column: Int) {
    require(
      row >= 0 && row < rows && column >= 0 && column < columns,
      "Matrix: element (\(row), \(column)) is outside \(rows) × \(columns)")
  }

  /// Changes the number of rows; new rows hold zeros.
  ///
  /// The remaining rows keep their elements. Memory is allocated only if it has to grow.
  public mutating func resize(rows newRows: Int) {
    require(newRows >= 0, "Matrix: the number of rows (\(newRows)) is negative")
    let newCount = Self.count(newRows, columns)
    if newCount > buffer.capacity || !isKnownUniquelyReferenced(&buffer) {
      let grown = AlignedBuffer(capacity: newCount)
      unsafe grown.base.update(from: buffer.base, count: min(count, newCount))
      buffer = grown
    }
    if newCount > count {
      unsafe (buffer.base + count).update(repeating: 0, count: newCount - count)
    }
    rows = newRows
  }

  private mutating func makeUnique() {
    guard !isKnownUniquelyReferenced(&buffer) else { return }
    let copy = AlignedBuffer(capacity: count)
    unsafe copy.base.update(from: buffer.base, count: count)
    buffer = copy
  }
}

extension Matrix {
  /// The address of the first element.
  ///
  /// It is a computed property because the optimizer of Swift 6.3 fails on a span whose start is read from
  /// the buffer in the same function.
  private var start: UnsafeMutablePointer<Float> { unsafe buffer.base }

  /// All elements in row-major order, without a copy.
  public var elements: Span<Float> {
    @_lifetime(borrow self)
    get {
      let start = unsafe UnsafePointer(self.start)
      let span = unsafe Span(_unsafeStart: start, count: count)
      return unsafe _overrideLifetime(span, borrowing: self)
    }
  }

  /// All elements in row-major order, for writing in place.
  public var mutableElements: MutableSpan<Float> {
    @_lifetime(&self)
    mutating get {
      makeUnique()
      let start = unsafe self.start
      let span = unsafe MutableSpan(_unsafeStart: start, count: count)
      return unsafe _overrideLifetime(span, mutating: &self)
    }
  }

  /// Returns the elements of row `index`, without a copy.
  @_lifetime(borrow self)
  public func row(_ index: Int) -> Span<Float> {
    checkRow(index)
    let start = unsafe UnsafePointer(self.start + index * columns)
    let span = unsafe Span(_unsafeStart: start, count: columns)
    return unsafe _overrideLifetime(span, borrowing: self)
  }

  /// Returns the elements of row `index`, for writing in place.
  @_lifetime(&self)
  public mutating func mutableRow(_ index: Int) -> MutableSpan<Float> {
    checkRow(index)
    makeUnique()
    let start = unsafe self.start + index * columns
    let span = unsafe MutableSpan(_unsafeStart: start, count: columns)
    return unsafe _overrideLifetime(span, mutating: &self)
  }

  private func checkRow(_ index: Int) {
    require(
      index >= 0 && index < rows, "Matrix: row \(index) is outside \(shapeDescription)")
  }

  /// Calls `body` with a handle of this matrix for reading, valid until `body` returns.
  package func withHandle<R, E>(_ body: (MatrixHandle) throws(E) -> R) throws(E) -> R {
    defer { withExtendedLifetime(buffer) {} }
    return try body(
      unsafe MatrixHandle(base: buffer.base, rows: rows, columns: columns, stride: columns))
  }

  /// Calls `body` with a handle of this matrix for writing, valid until `body` returns.
  package mutating func withMutableHandle<R, E>(
    _ body: (MatrixHandle) throws(E) -> R
  ) throws(E) -> R {
    makeUnique()
    return try withHandle(body)
  }
}
