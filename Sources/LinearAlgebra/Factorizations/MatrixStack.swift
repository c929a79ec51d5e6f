import LangevinKernelTable
import LangevinPreconditions

/// Many matrices of one shape, one after the other in memory.
///
/// Products and factorizations of small matrices are much faster in a stack than one by one. The stack is a
/// value: copies share their memory until one of them changes.
public struct MatrixStack<Element: MatrixElement>: Sendable, Equatable {
  /// The number of matrices.
  public let count: Int
  /// The number of rows of each matrix.
  public let rows: Int
  /// The rows of all matrices, one matrix below the other: (count · rows) × columns. Use it for elementwise
  /// arithmetic on the whole stack.
  public private(set) var stacked: Matrix<Element>

  /// Creates a stack from the rows of its matrices, one matrix below the other.
  ///
  /// - Parameters:
  ///   - stacked: The rows, (count · rows) × columns; stops the program if they are not a multiple of `count`.
  ///   - count: The number of matrices.
  public init(stacked: Matrix<Element>, count: Int) {
    require(
      count > 0 && stacked.rows % count == 0 || count == 0 && stacked.rows == 0,
      "MatrixStack: \(stacked.rows) × \(stacked.columns) is not a stack of \(count) matrices")
    self.count = count
    rows = count == 0 ? 0 : stacked.rows / count
    self.stacked = stacked
  }

  /// Creates a stack whose elements all have one value.
  public init(count: Int, rows: Int, columns: Int, repeating value: Element = 0) {
    require(
      count >= 0 && rows >= 0 && columns >= 0,
      "MatrixStack: \(count) matrices of \(rows) × \(columns) are not a stack")
    self.count = count
    self.rows = rows
    stacked = Matrix(rows: Matrix<Element>.count(count, rows), columns: columns, repeating: value)
  }

  /// Creates a stack of `matrices`, which have the same shape; stops the program otherwise.
  public init(_ matrices: [Matrix<Element>]) {
    let (rows, columns) = (matrices.first?.rows ?? 0, matrices.first?.columns ?? 0)
    self.init(uninitializedCount: matrices.count, rows: rows, columns: columns)
    for i in matrices.indices { self[i] = matrices[i] }
  }

  /// Creates a stack whose elements the caller writes.
  init(uninitializedCount count: Int, rows: Int, columns: Int) {
    self.count = count
    self.rows = rows
    stacked = Matrix(uninitializedRows: Matrix<Element>.count(count, rows), columns: columns)
  }

  /// The number of columns of each matrix.
  public var columns: Int { stacked.columns }

  /// The number and shape of the matrices as error messages write them.
  package var shapeDescription: String { "\(count) matrices of \(rows) × \(columns)" }

  /// A copy of matrix `index`. Setting it stops the program if the shape differs.
  public subscript(index: Int) -> Matrix<Element> {
    get { Matrix(view(index)) }
    set {
      require(
        newValue.rows == rows && newValue.columns == columns,
        """
        MatrixStack: a matrix of \(newValue.rows) × \(newValue.columns) does not fit a stack of \
        \(shapeDescription)
        """)
      let range = range(index)
      stacked.withMutableHandle { stack in
        newValue.withHandle { stack.rows(range).copy($0) }
      }
    }
  }

  /// Returns a view of matrix `index`, without a copy.
  @_lifetime(borrow self)
  public func view(_ index: Int) -> MatrixView<Element> {
    unsafe _overrideLifetime(stacked.view.rows(range(index)), borrowing: self)
  }

  private func range(_ index: Int) -> Range<Int> {
    require(
      index >= 0 && index < count, "MatrixStack: matrix \(index) is outside a stack of \(count)")
    return index * rows..<(index + 1) * rows
  }

  /// Copies of all matrices.
  public var matrices: [Matrix<Element>] { (0..<count).map { self[$0] } }

  /// A copy with every matrix transposed.
  public var transposed: MatrixStack {
    var result = MatrixStack(uninitializedCount: count, rows: columns, columns: rows)
    let size = rows * columns
    let kernels = Engine.current.kernels(of: Element.self)
    result.withMutableHandle { y in
      stacked.withHandle { x in
        for i in 0..<count {
          unsafe kernels.transpose(
            rows, columns, x.base + i * size, columns, y.base + i * size, rows)
        }
      }
    }
    return result
  }

  /// Returns the products of the matrices with the same index: rows × inner times inner × columns.
  ///
  /// Stops the program if the stacks do not have the same number of matrices, or shapes do not match.
  public static func * (a: MatrixStack, b: MatrixStack) -> MatrixStack {
    require(
      a.count == b.count && a.columns == b.rows,
      "product: a stack of \(a.shapeDescription) does not fit one of \(b.shapeDescription)")
    var result = MatrixStack(uninitializedCount: a.count, rows: a.rows, columns: b.columns)
    let engine = Engine.current
    result.withMutableHandle { c in
      a.stacked.withHandle { x in
        b.stacked.withHandle { y in
          // Larger products amortize the packing of the products of single matrices.
          if max(a.rows, a.columns, b.columns) <= 64 {
            unsafe engine.kernels(of: Element.self).multiplyStack(
              a.count, a.rows, b.columns, a.columns, x.base, y.base, c.base)
          } else {
            for i in 0..<a.count {
              c.rows(i * a.rows..<(i + 1) * a.rows).formProduct(
                x.rows(i * a.rows..<(i + 1) * a.rows), y.rows(i * b.rows..<(i + 1) * b.rows),
                engine: engine)
            }
          }
        }
      }
    }
    return result
  }

  /// The largest order that the kernels for small matrices factor; LAPACK factors larger ones.
  static var smallOrder: Int { 32 }

  /// Calls `body` with the handle of ``stacked`` for writing.
  mutating func withMutableHandle<R, E>(
    _ body: (MatrixHandle<Element>) throws(E) -> R
  ) throws(E) -> R {
    try stacked.withMutableHandle(body)
  }

  /// Checks that all elements are finite.
  func requireFinite(
    _ operation: String, _ operand: String = "matrix"
  ) throws(FactorizationError) {
    do {
      try stacked.withHandle { x throws(FactorizationError) in
        try x.requireFinite(operation, operand)
      }
    } catch {
      guard case .notFinite(_, _, let row, let column) = error else { throw error }
      throw .inStack(
        index: row / rows,
        error: .notFinite(
          operation: operation, operand: operand, row: row % rows, column: column))
    }
  }
}

extension MatrixHandle {
  /// Returns matrix `index` of a stack of matrices with `rows` rows, whose rows these are.
  func matrix(_ index: Int, rows: Int) -> MatrixHandle {
    unsafe MatrixHandle(
      base: base + index * rows * stride, rows: rows, columns: columns, stride: stride)
  }

  /// Replaces X, these elements, by T⁻¹ X or T⁻ᵀ X for a small triangle T of `factor`.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  func solveSmallTriangle(
    _ factor: MatrixHandle, lower: Bool, transposed: Bool, unitDiagonal: Bool
  ) {
    let descends = lower == transposed
    for step in 0..<rows {
      let i = descends ? rows - 1 - step : step
      let x = unsafe base + i * stride
      for j in descends ? i + 1..<rows : 0..<i {
        let place = transposed ? j * factor.stride + i : i * factor.stride + j
        let coefficient = unsafe factor.base[place]
        let y = unsafe base + j * stride
        for k in 0..<columns { unsafe x[k] -= coefficient * y[k] }
      }
      if !unitDiagonal {
        let pivot = unsafe factor.base[i * factor.stride + i]
        for k in 0..<columns { unsafe x[k] /= pivot }
      }
    }
  }
}
