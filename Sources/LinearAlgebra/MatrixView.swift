import LangevinPreconditions

/// A view of a matrix, or of a block of one, for reading.
///
/// A view copies nothing. It cannot outlive the matrix or be stored in your own types. All indices are
/// checked. ``row(_:)`` is the fastest way to read many elements.
public struct MatrixView: ~Escapable {
  package let handle: MatrixHandle

  /// Creates a view of memory that the caller keeps alive and unchanged.
  @_lifetime(immortal)
  package init(_ handle: MatrixHandle) { self.handle = handle }

  /// The number of rows.
  public var rows: Int { handle.rows }
  /// The number of columns.
  public var columns: Int { handle.columns }

  /// The element in row `row` and column `column`.
  public subscript(row: Int, column: Int) -> Float {
    handle.checkElement(row, column)
    return unsafe handle.base[row * handle.stride + column]
  }

  /// Returns the elements of row `index`.
  @_lifetime(copy self)
  public func row(_ index: Int) -> Span<Float> {
    handle.checkRow(index)
    let start = unsafe UnsafePointer(handle.base + index * handle.stride)
    let span = unsafe Span(_unsafeStart: start, count: handle.columns)
    return unsafe _overrideLifetime(span, copying: self)
  }

  /// Returns a view of the rows `range`.
  @_lifetime(copy self)
  public func rows(_ range: Range<Int>) -> MatrixView {
    unsafe _overrideLifetime(MatrixView(handle.rows(range)), copying: self)
  }

  /// Returns a view of the columns `range`.
  @_lifetime(copy self)
  public func columns(_ range: Range<Int>) -> MatrixView {
    unsafe _overrideLifetime(MatrixView(handle.columns(range)), copying: self)
  }
}

/// A view of a matrix, or of a block of one, for reading and writing.
///
/// While it exists, nothing else can read or write the matrix. It cannot outlive the matrix, be
/// copied, or be stored in your own types. All indices are checked.
public struct MutableMatrixView: ~Copyable, ~Escapable {
  package let handle: MatrixHandle

  /// Creates a view of memory that the caller keeps alive and uses in no other way.
  @_lifetime(immortal)
  package init(_ handle: MatrixHandle) { self.handle = handle }

  /// The number of rows.
  public var rows: Int { handle.rows }
  /// The number of columns.
  public var columns: Int { handle.columns }

  /// The element in row `row` and column `column`.
  public subscript(row: Int, column: Int) -> Float {
    get {
      handle.checkElement(row, column)
      return unsafe handle.base[row * handle.stride + column]
    }
    set {
      handle.checkElement(row, column)
      unsafe handle.base[row * handle.stride + column] = newValue
    }
  }

  /// A view of the same elements for reading.
  public var view: MatrixView {
    @_lifetime(borrow self)
    get { unsafe _overrideLifetime(MatrixView(handle), borrowing: self) }
  }

  /// Returns the elements of row `index`, for reading.
  @_lifetime(borrow self)
  public func row(_ index: Int) -> Span<Float> {
    handle.checkRow(index)
    let start = unsafe UnsafePointer(handle.base + index * handle.stride)
    let span = unsafe Span(_unsafeStart: start, count: handle.columns)
    return unsafe _overrideLifetime(span, borrowing: self)
  }

  /// Returns the elements of row `index`, for writing.
  @_lifetime(&self)
  public mutating func mutableRow(_ index: Int) -> MutableSpan<Float> {
    handle.checkRow(index)
    let start = unsafe handle.base + index * handle.stride
    let span = unsafe MutableSpan(_unsafeStart: start, count: handle.columns)
    return unsafe _overrideLifetime(span, mutating: &self)
  }

  /// Returns a view of the rows `range`, for writing.
  @_lifetime(&self)
  public mutating func rows(_ range: Range<Int>) -> MutableMatrixView {
    unsafe _overrideLifetime(MutableMatrixView(handle.rows(range)), mutating: &self)
  }

  /// Returns a view of the columns `range`, for writing.
  @_lifetime(&self)
  public mutating func columns(_ range: Range<Int>) -> MutableMatrixView {
    unsafe _overrideLifetime(MutableMatrixView(handle.columns(range)), mutating: &self)
  }

  /// Sets every element to `value`.
  public mutating func fill(_ value: Float) { handle.fill(value) }

  /// Copies the elements of `source`, which has the same shape.
  public mutating func copy(_ source: MatrixView) { handle.copy(source.handle) }

  /// Replaces the elements by `alpha op(a) op(b) + beta self`, where `op` transposes its matrix if so
  /// requested.
  ///
  /// With `beta == 0` the old elements are not read.
  public mutating func formProduct(
    _ a: MatrixView, _ b: MatrixView, transposeA: Bool = false, transposeB: Bool = false,
    alpha: Float = 1, beta: Float = 0, engine: Engine = .current
  ) {
    handle.formProduct(
      a.handle, b.handle, transposeA: transposeA, transposeB: transposeB, alpha: alpha,
      beta: beta, engine: engine)
  }
}

extension Matrix {
  /// A view of all elements, without a copy.
  public var view: MatrixView {
    @_lifetime(borrow self)
    get {
      // The view borrows the matrix, which keeps the buffer alive.
      let handle = withHandle { $0 }
      return unsafe _overrideLifetime(MatrixView(handle), borrowing: self)
    }
  }

  /// A view of all elements for writing in place.
  public var mutableView: MutableMatrixView {
    @_lifetime(&self)
    mutating get {
      let handle = withMutableHandle { $0 }
      return unsafe _overrideLifetime(MutableMatrixView(handle), mutating: &self)
    }
  }

  /// Creates a matrix with a copy of the elements of `view`.
  public init(_ view: MatrixView) {
    self.init(uninitializedRows: view.rows, columns: view.columns)
    withMutableHandle { $0.copy(view.handle) }
  }
}
