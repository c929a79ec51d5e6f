import LangevinPreconditions

extension Matrix {
  /// Creates a matrix of `rows` × `columns` in which every element is `value`.
  public init(rows: Int, columns: Int, repeating value: Element = 0) {
    self.init(uninitializedRows: rows, columns: columns)
    if value == 0 && value.sign == .plus {
      unsafe UnsafeMutableRawPointer(start).initializeMemory(
        as: UInt8.self, repeating: 0, count: count * MemoryLayout<Element>.stride)
    } else {
      withMutableHandle { $0.fill(value) }
    }
  }

  /// Creates a matrix of `rows` × `columns` from `elements` in row-major order.
  public init(rows: Int, columns: Int, elements: [Element]) {
    self.init(rows: rows, columns: columns, elements: elements.span)
  }

  /// Creates a matrix of `rows` × `columns` from `elements` in row-major order.
  public init(rows: Int, columns: Int, elements: Span<Element>) {
    self.init(uninitializedRows: rows, columns: columns)
    requireCount(elements.count)
    unsafe elements.withUnsafeBufferPointer { source in
      if let first = source.baseAddress {
        unsafe UnsafeMutableRawPointer(start).copyMemory(
          from: first, byteCount: count * MemoryLayout<Element>.stride)
      }
    }
  }

  // A parameter `some Collection` would accept a trailing closure until the end of type checking: for a mistake
  // in the closure of `Matrix(rows: 3, columns: 3) { … }`, the compiler then gives up without naming it.

  /// Creates a matrix of `rows` × `columns` from `elements` in row-major order.
  public init(rows: Int, columns: Int, elements: any Collection<Element>) {
    self.init(rows: rows, columns: columns, elements: Array(elements))
  }

  /// Creates a matrix of `rows` × `columns` from the bytes of its elements in row-major order, such as a
  /// `Data`, in the byte order of the processor.
  public init(rows: Int, columns: Int, bytes: any Collection<UInt8>) {
    self.init(uninitializedRows: rows, columns: columns)
    let size = count * MemoryLayout<Element>.stride
    require(
      bytes.count == size,
      "Matrix: \(bytes.count) bytes are not the \(size) bytes of \(shapeDescription)")
    let target = unsafe UnsafeMutableRawBufferPointer(start: start, count: size)
    unsafe target.copyBytes(from: bytes)
  }

  /// Creates a matrix from its rows, all of the same length.
  public init(_ rows: [[Element]]) {
    let columns = rows.first?.count ?? 0
    for (index, row) in rows.enumerated() {
      require(
        row.count == columns,
        "Matrix: row \(index) has \(row.count) elements, but row 0 has \(columns)")
    }
    self.init(uninitializedRows: rows.count, columns: columns)
    for (index, row) in rows.enumerated() {
      unsafe row.withUnsafeBufferPointer { source in
        if let first = source.baseAddress {
          unsafe (start + index * columns).update(from: first, count: columns)
        }
      }
    }
  }

  /// Creates a matrix of one row.
  public init(row: [Element]) { self.init(rows: 1, columns: row.count, elements: row) }

  /// Creates a matrix of one column.
  public init(column: [Element]) { self.init(rows: column.count, columns: 1, elements: column) }

  /// Creates a matrix of `rows` × `columns` whose element (i, j) is `element(i, j)`.
  @inlinable
  public init(
    rows: Int, columns: Int, element: (Int, Int) throws -> Element
  ) rethrows {
    self.init(uninitializedRows: rows, columns: columns)
    let start = unsafe self.start
    for i in 0..<rows {
      for j in 0..<columns { unsafe start[i &* columns &+ j] = try element(i, j) }
    }
  }

  /// Creates a matrix with the elements of `other`, each rounded to the nearest `Element`.
  public init<Other: MatrixElement>(
    converting other: borrowing some MatrixOperand<Other> & ~Copyable & ~Escapable
  ) {
    self = other.map { Element($0) }
  }

  /// Creates a matrix with the elements of `other`, each rounded to the nearest `Element`.
  @_disfavoredOverload
  public init<Other: MatrixElement>(_ other: Matrix<Other>) {
    self.init(converting: other)
  }

  /// Returns a matrix of zeros.
  public static func zeros(_ rows: Int, _ columns: Int) -> Matrix {
    Matrix(rows: rows, columns: columns)
  }

  /// Returns a matrix of ones.
  public static func ones(_ rows: Int, _ columns: Int) -> Matrix {
    Matrix(rows: rows, columns: columns, repeating: 1)
  }

  /// Returns the identity matrix of order `size`.
  public static func identity(_ size: Int) -> Matrix {
    require(size >= 0, "identity: the order \(size) is negative")
    return diagonal([Element](repeating: 1, count: size))
  }

  /// Returns the square matrix with `elements` on its diagonal and zeros elsewhere.
  public static func diagonal(_ elements: [Element]) -> Matrix {
    var matrix = Matrix(rows: elements.count, columns: elements.count)
    for (i, element) in elements.enumerated() { matrix[i, i] = element }
    return matrix
  }

  /// Stops the program unless `found` is the number of elements.
  @usableFromInline
  func requireCount(_ found: Int) {
    require(found == count, "Matrix: \(found) elements do not fill \(rows) × \(columns)")
  }
}

extension Matrix: ExpressibleByArrayLiteral {
  /// Creates a matrix from a literal of rows, such as `[[1, 2], [3, 4]]`.
  public init(arrayLiteral rows: [Element]...) { self.init(rows) }
}

extension MatrixOperand where Self: ~Copyable, Self: ~Escapable {
  /// A copy of the elements in row-major order.
  public var array: [Element] {
    let view = view
    return unsafe Array(unsafeUninitializedCapacity: rows * columns) { buffer, count in
      count = view.rows * view.columns
      if let base = buffer.baseAddress {
        unsafe MatrixHandle(
          base: base, rows: view.rows, columns: view.columns, stride: view.columns
        ).copy(view)
      }
    }
  }

  /// A copy of the rows.
  public var rowArrays: [[Element]] {
    let view = view
    return (0..<rows).map { row in view.rows(row..<row + 1).array }
  }
}
