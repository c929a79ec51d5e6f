import LangevinKernelTable
import LangevinPreconditions

/// A matrix, or a view of one: what the functions of this module read.
///
/// Arithmetic, functions, reductions and products take any operand: a ``Matrix``, a ``MatrixView`` of a block
/// or of a transpose, or a ``MutableMatrixView``. Elementwise operations and reductions give the bits that they
/// give for a copy of the view; products and triangular systems agree with it within rounding.
public protocol MatrixOperand<Element>: ~Copyable, ~Escapable {
  /// The type of the elements.
  associatedtype Element: MatrixElement
  /// The number of rows.
  var rows: Int { get }
  /// The number of columns.
  var columns: Int { get }
  /// A view of all elements, without a copy.
  var view: MatrixView<Element> { @_lifetime(borrow self) get }
}

/// A view of a matrix, of a block of one, or of its transpose, for reading.
///
/// A view copies nothing. It cannot outlive the matrix or be stored in your own types. All indices are
/// checked. ``row(_:)`` is the fastest way to read many elements.
@safe
public struct MatrixView<Element: MatrixElement>: ~Escapable, MatrixOperand {
  /// The first element. The view never writes to it.
  @usableFromInline let base: UnsafeMutablePointer<Element>
  /// The number of rows.
  public let rows: Int
  /// The number of columns.
  public let columns: Int
  /// The distance in memory between adjacent elements of a column.
  public let rowStride: Int
  /// The distance in memory between adjacent elements of a row: 1, except in a transpose or a step of
  /// columns.
  public let columnStride: Int

  @_lifetime(immortal)
  init(
    base: UnsafeMutablePointer<Element>, rows: Int, columns: Int, rowStride: Int,
    columnStride: Int
  ) {
    unsafe self.base = unsafe base
    self.rows = rows
    self.columns = columns
    self.rowStride = rowStride
    self.columnStride = columnStride
  }

  /// Creates a view of memory that the caller keeps alive and unchanged.
  @_lifetime(immortal)
  package init(_ handle: MatrixHandle<Element>) {
    unsafe self.init(
      base: handle.base, rows: handle.rows, columns: handle.columns, rowStride: handle.stride,
      columnStride: 1)
  }

  /// This view.
  public var view: MatrixView {
    @_lifetime(borrow self)
    get { self }
  }

  /// Whether the elements of a row are adjacent in memory.
  public var hasContiguousRows: Bool { columnStride == 1 || columns <= 1 }

  /// The handle of this view, which has contiguous rows.
  package var handle: MatrixHandle<Element> {
    require(
      hasContiguousRows,
      "MatrixView: the rows of this view are not contiguous; copy it with Matrix(view)")
    // BLAS requires a stride of at least the width, even of a single row.
    return unsafe MatrixHandle(
      base: base, rows: rows, columns: columns,
      stride: rows <= 1 ? Swift.max(rowStride, columns) : rowStride)
  }

  /// The element in row `row` and column `column`.
  @inlinable
  public subscript(row: Int, column: Int) -> Element {
    checkElement(row, column, rows, columns)
    return unsafe base[row &* rowStride &+ column &* columnStride]
  }

  /// Returns the elements of row `index`.
  ///
  /// Stops the program if the elements of a row are not adjacent (``hasContiguousRows``), as in a transpose.
  @_lifetime(copy self)
  public func row(_ index: Int) -> Span<Element> {
    checkRow(index, rows, columns)
    let start = unsafe UnsafePointer(handle.base + index * rowStride)
    let span = unsafe Span(_unsafeStart: start, count: columns)
    return unsafe _overrideLifetime(span, copying: self)
  }

  /// Returns a view of the rows `range`.
  @_lifetime(copy self)
  public func rows(_ range: Range<Int>) -> MatrixView {
    block(range, 0..<columns)
  }

  /// Returns a view of the columns `range`.
  @_lifetime(copy self)
  public func columns(_ range: Range<Int>) -> MatrixView {
    block(0..<rows, range)
  }

  /// A view of the transpose.
  public var transpose: MatrixView {
    @_lifetime(copy self)
    get {
      let view = unsafe MatrixView(
        base: base, rows: columns, columns: rows, rowStride: columnStride, columnStride: rowStride)
      return unsafe _overrideLifetime(view, copying: self)
    }
  }

  /// Returns a view of every `rowStep`-th row and every `columnStep`-th column, from the first on.
  @_lifetime(copy self)
  public func steps(rows rowStep: Int = 1, columns columnStep: Int = 1) -> MatrixView {
    require(
      rowStep > 0 && columnStep > 0,
      "steps: \(rowStep) and \(columnStep) must be positive")
    // A step beyond the end takes the first row or column; clamped, no sum or product overflows.
    let rowStep = Swift.min(rowStep, Swift.max(1, rows))
    let columnStep = Swift.min(columnStep, Swift.max(1, columns))
    let view = unsafe MatrixView(
      base: base, rows: (rows + rowStep - 1) / rowStep,
      columns: (columns + columnStep - 1) / columnStep, rowStride: rowStride * rowStep,
      columnStride: columnStride * columnStep)
    return unsafe _overrideLifetime(view, copying: self)
  }

  @_lifetime(copy self)
  func block(_ rows: Range<Int>, _ columns: Range<Int>) -> MatrixView {
    checkBlock(rows, columns, in: self.rows, self.columns)
    let view = unsafe MatrixView(
      base: base + rows.lowerBound * rowStride + columns.lowerBound * columnStride,
      rows: rows.count, columns: columns.count, rowStride: rowStride, columnStride: columnStride)
    return unsafe _overrideLifetime(view, copying: self)
  }
}

/// Stops the program unless the block is inside `rows` × `columns`.
func checkBlock(
  _ rowRange: Range<Int>, _ columnRange: Range<Int>, in rows: Int, _ columns: Int
) {
  require(
    rowRange.lowerBound >= 0 && rowRange.upperBound <= rows,
    "MatrixView: rows \(rowRange) are outside \(rows) × \(columns)")
  require(
    columnRange.lowerBound >= 0 && columnRange.upperBound <= columns,
    "MatrixView: columns \(columnRange) are outside \(rows) × \(columns)")
}

/// A view of a matrix, or of a block of one, for reading and writing.
///
/// While it exists, nothing else can read or write the matrix. It cannot outlive the matrix, be
/// copied, or be stored in your own types. All indices are checked.
public struct MutableMatrixView<Element: MatrixElement>: ~Copyable, ~Escapable, MatrixOperand {
  package let handle: MatrixHandle<Element>

  /// Creates a view of memory that the caller keeps alive and uses in no other way.
  @_lifetime(immortal)
  package init(_ handle: MatrixHandle<Element>) { self.handle = handle }

  /// The number of rows.
  public var rows: Int { handle.rows }
  /// The number of columns.
  public var columns: Int { handle.columns }

  /// The element in row `row` and column `column`.
  public subscript(row: Int, column: Int) -> Element {
    get {
      checkElement(row, column, rows, columns)
      return unsafe handle.base[row * handle.stride + column]
    }
    set {
      checkElement(row, column, rows, columns)
      unsafe handle.base[row * handle.stride + column] = newValue
    }
  }

  /// A view of the same elements for reading.
  public var view: MatrixView<Element> {
    @_lifetime(borrow self)
    get { unsafe _overrideLifetime(MatrixView(handle), borrowing: self) }
  }

  /// Returns the elements of row `index`, for reading.
  @_lifetime(borrow self)
  public func row(_ index: Int) -> Span<Element> {
    checkRow(index, rows, columns)
    let start = unsafe UnsafePointer(handle.base + index * handle.stride)
    let span = unsafe Span(_unsafeStart: start, count: handle.columns)
    return unsafe _overrideLifetime(span, borrowing: self)
  }

  /// Returns the elements of row `index`, for writing.
  @_lifetime(&self)
  public mutating func mutableRow(_ index: Int) -> MutableSpan<Element> {
    checkRow(index, rows, columns)
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
  public mutating func fill(_ value: Element) { handle.fill(value) }

  /// Copies the elements of `source`, which has the same shape.
  public mutating func copy(_ source: MatrixView<Element>) { handle.copy(source) }

  /// Replaces the elements by `alpha op(a) op(b) + beta self`, where `op` transposes its matrix if so
  /// requested.
  ///
  /// With `beta == 0` the old elements are not read.
  public mutating func formProduct(
    _ a: MatrixView<Element>, _ b: MatrixView<Element>, transposeA: Bool = false,
    transposeB: Bool = false, alpha: Element = 1, beta: Element = 0, engine: Engine = .current
  ) {
    handle.formProduct(
      transposeA ? a.transpose : a, transposeB ? b.transpose : b, alpha: alpha, beta: beta,
      engine: engine)
  }
}

extension Matrix: MatrixOperand {
  /// A view of all elements, without a copy.
  public var view: MatrixView<Element> {
    @_lifetime(borrow self)
    get {
      // The view borrows the matrix, which keeps the buffer alive.
      let view = unsafe MatrixView<Element>(
        base: start, rows: rows, columns: columns, rowStride: columns, columnStride: 1)
      return unsafe _overrideLifetime(view, borrowing: self)
    }
  }

  /// A view of all elements for writing in place.
  public var mutableView: MutableMatrixView<Element> {
    @_lifetime(&self)
    mutating get {
      let handle = withMutableHandle { $0 }
      return unsafe _overrideLifetime(MutableMatrixView(handle), mutating: &self)
    }
  }

  /// The transpose, without a copy. Products read it as it is; ``transposed`` is a copy.
  public var transpose: Transpose<Element> { Transpose(self) }

  /// Creates a matrix with a copy of the elements of `view`.
  public init(_ view: MatrixView<Element>) {
    self.init(uninitializedRows: view.rows, columns: view.columns)
    withMutableHandle { $0.copy(view) }
  }
}

extension MatrixHandle {
  /// Copies the elements of `source`, which has the same shape.
  func copy(_ source: MatrixView<Element>) {
    if source.hasContiguousRows { return copy(source.handle) }
    require(
      rows == source.rows && columns == source.columns,
      "MatrixView: cannot copy \(source.rows) × \(source.columns) to \(rows) × \(columns)")
    if source.rowStride == 1 {
      return unsafe Engine.current.kernels(of: Element.self).transpose(
        columns, rows, source.base, source.columnStride, base, stride)
    }
    for row in 0..<rows {
      for column in 0..<columns {
        unsafe base[row * stride + column] =
          source.base[row * source.rowStride + column * source.columnStride]
      }
    }
  }
}

extension MatrixView {
  /// Calls `body` with a handle of these elements, or of a copy if the elements of a row are not adjacent.
  func withRows<R>(_ body: (MatrixHandle<Element>) -> R) -> R {
    if hasContiguousRows { return body(handle) }
    return Matrix(self).withHandle(body)
  }

  /// Calls `body` with a handle of these elements, or of a copy if they are not adjacent in memory.
  func withContiguous<R>(_ body: (MatrixHandle<Element>) -> R) -> R {
    if hasContiguousRows && handle.isContiguous { return body(handle) }
    return Matrix(self).withHandle(body)
  }
}
