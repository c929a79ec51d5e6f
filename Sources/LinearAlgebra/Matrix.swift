import LangevinPreconditions

/// A matrix of `Float`, row-major and contiguous, with value semantics.
///
/// Copies share their memory until one of them is changed. Shapes and indices are checked; a
/// mistake is the programmer's and stops the program with both shapes in the message.
public struct Matrix: Sendable {
  /// How many rows.
  public private(set) var rows: Int
  /// How many columns.
  public let columns: Int
  private var buffer: AlignedBuffer

  /// `rows` × `columns`, not yet initialized: for callers who write every element.
  package init(uninitializedRows rows: Int, columns: Int) {
    require(rows >= 0 && columns >= 0, "Matrix: \(rows) × \(columns) is not a shape")
    self.rows = rows
    self.columns = columns
    self.buffer = AlignedBuffer(capacity: Self.count(rows, columns))
  }

  /// `rows` × `columns`, every element `value`.
  public init(rows: Int, columns: Int, repeating value: Float = 0) {
    self.init(uninitializedRows: rows, columns: columns)
    unsafe buffer.base.initialize(repeating: value, count: count)
  }

  /// `rows` × `columns` from `elements` in row-major order.
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

  /// A matrix from its rows, all of one length.
  public init(_ rows: [[Float]]) {
    let columns = rows.first?.count ?? 0
    for (index, row) in rows.enumerated() {
      require(
        row.count == columns,
        "Matrix: row \(index) has \(row.count) elements, the first row has \(columns)")
    }
    self.init(rows: rows.count, columns: columns, elements: rows.joined().map { $0 })
  }

  /// `rows` × `columns`, element (i, j) computed by `element(i, j)`.
  public init(rows: Int, columns: Int, element: (Int, Int) throws -> Float) rethrows {
    self.init(uninitializedRows: rows, columns: columns)
    for i in 0..<rows {
      for j in 0..<columns { unsafe buffer.base[i * columns + j] = try element(i, j) }
    }
  }

  /// The identity matrix of order `size`.
  public static func identity(_ size: Int) -> Matrix {
    diagonal([Float](repeating: 1, count: size))
  }

  /// The square matrix with `elements` on its diagonal and zeros elsewhere.
  public static func diagonal(_ elements: [Float]) -> Matrix {
    var matrix = Matrix(rows: elements.count, columns: elements.count)
    for (i, element) in elements.enumerated() { matrix[i, i] = element }
    return matrix
  }

  /// `rows * columns`, which stops the program where there is no such `Int`.
  private static func count(_ rows: Int, _ columns: Int) -> Int {
    let (count, overflow) = rows.multipliedReportingOverflow(by: columns)
    require(!overflow, "Matrix: \(rows) × \(columns) elements are more than an Int counts")
    return count
  }

  /// How many elements: `rows * columns`.
  public var count: Int { rows * columns }

  /// Whether there is no element.
  public var isEmpty: Bool { count == 0 }

  /// (rows, columns), as an error message writes it.
  package var shapeDescription: String { "\(rows) × \(columns)" }

  /// Element in row `row`, column `column`.
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
      "Matrix: element (\(row), \(column)) is outside of \(rows) × \(columns)")
  }

  /// Changes the number of rows, keeping the elements of the rows that remain; new rows hold
  /// zeros. Memory is kept, and is allocated only if it has to grow.
  public mutating func resize(rows newRows: Int) {
    require(newRows >= 0, "Matrix: \(newRows) is not a number of rows")
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
  /// Where the elements are. A computed property, since the optimizer of Swift 6.3 fails on a span
  /// whose start is read from the buffer in the same function.
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

  /// All elements in row-major order, to be changed in place.
  public var mutableElements: MutableSpan<Float> {
    @_lifetime(&self)
    mutating get {
      makeUnique()
      let start = unsafe self.start
      let span = unsafe MutableSpan(_unsafeStart: start, count: count)
      return unsafe _overrideLifetime(span, mutating: &self)
    }
  }

  /// The elements of row `index`, without a copy.
  @_lifetime(borrow self)
  public func row(_ index: Int) -> Span<Float> {
    checkRow(index)
    let start = unsafe UnsafePointer(self.start + index * columns)
    let span = unsafe Span(_unsafeStart: start, count: columns)
    return unsafe _overrideLifetime(span, borrowing: self)
  }

  /// The elements of row `index`, to be changed in place.
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
      index >= 0 && index < rows, "Matrix: row \(index) is outside of \(shapeDescription)")
  }

  /// Calls `body` with a handle of this matrix for reading, valid until it returns.
  package func withHandle<R, E>(_ body: (MatrixHandle) throws(E) -> R) throws(E) -> R {
    defer { withExtendedLifetime(buffer) {} }
    return try body(
      unsafe MatrixHandle(base: buffer.base, rows: rows, columns: columns, stride: columns))
  }

  /// Calls `body` with a handle of this matrix for writing, valid until it returns.
  package mutating func withMutableHandle<R, E>(
    _ body: (MatrixHandle) throws(E) -> R
  ) throws(E) -> R {
    makeUnique()
    return try withHandle(body)
  }
}
