internal import CLangevinLAPACKE
import LangevinPreconditions

/// The factorization P A = L U with partial pivoting, for a matrix A of any shape m × n.
///
/// It solves systems with a square matrix: 2n³/3 operations. A singular matrix has the factorization as
/// well, but cannot be solved with. LAPACK's `getrf`.
public struct LU<Element: MatrixElement>: Sendable {
  /// L below and U above the diagonal, column-major: row j holds column j.
  let factors: Matrix<Element>
  /// Step i exchanged row i and row `pivots[i] - 1`.
  let pivots: [LAPACKInteger]
  /// The 1-norm of A.
  private let norm: Double
  /// The first zero on the diagonal of U, counted from 0; nil if A is regular.
  public let zeroPivot: Int?

  /// Factors `matrix`; see ``MatrixOperand/lu()``.
  init(_ matrix: borrowing MatrixView<Element>, _ operation: String) throws(FactorizationError) {
    try self.init(columns: Matrix(matrix.transpose), operation)
  }

  /// Factors the matrix whose columns are the rows of `columns`.
  ///
  /// - Parameter isTransposed: Whether errors name the row of `columns` as column.
  init(
    columns: consuming Matrix<Element>, isTransposed: Bool = true, _ operation: String
  ) throws(FactorizationError) {
    let (m, n) = (columns.columns, columns.rows)
    var pivots = [LAPACKInteger](repeating: 0, count: min(m, n))
    var status = 0
    var factors = columns
    let norm = try factors.withMutableHandle { a throws(FactorizationError) in
      let norm = a.largestRowSum
      if !norm.isFinite { try a.requireFinite(operation, isTransposed: isTransposed) }
      if a.count == 0 { return norm }
      let (m, n) = (lapackIndex(m), lapackIndex(n))
      status = try callLAPACK("getrf", operation) {
        unsafe Element.routines.lapack.getrf(m, n, a.base, m, &pivots)
      }
      return norm
    }
    self.factors = factors
    self.pivots = pivots
    self.norm = norm
    zeroPivot = status > 0 ? status - 1 : nil
  }

  /// The number of rows of A.
  public var rows: Int { factors.columns }
  /// The number of columns of A.
  public var columns: Int { factors.rows }

  /// The factor L: m × min(m, n), lower triangular or trapezoidal, with a unit diagonal.
  public var l: Matrix<Element> {
    var result = Matrix(factors.view.rows(0..<min(rows, columns)).transpose)
    result.withMutableHandle {
      $0.clear(.upperTriangle)
      $0.fillDiagonal(1)
    }
    return result
  }

  /// The factor U: min(m, n) × n, upper triangular or trapezoidal.
  public var u: Matrix<Element> {
    var result = Matrix(factors.view.columns(0..<min(rows, columns)).transpose)
    result.withMutableHandle { $0.clear(.lowerTriangle) }
    return result
  }

  /// The rows of A in the order of P A: row i of P A is row `permutation[i]` of A.
  public var permutation: [Int] {
    var result = Array(0..<rows)
    for i in pivots.indices { result.swapAt(i, Int(pivots[i]) - 1) }
    return result
  }

  /// Returns the solution X of A X = B. LAPACK's `getrs`, or BLAS' `trsm` for several right sides.
  ///
  /// Stops the program if A is not square.
  ///
  /// - Parameter b: The right sides B, n × k.
  /// - Returns: The matrix X, n × k.
  /// - Throws: ``FactorizationError/singular(operation:pivot:)``, `notFinite` or `noMemory`.
  public func solve(
    _ b: borrowing some MatrixOperand<Element> & ~Copyable & ~Escapable
  ) throws(FactorizationError) -> Matrix<Element> {
    try solution("solve", b, rows: rows) { x throws(FactorizationError) in
      try solve("solve", x, transposed: false)
    }
  }

  /// Returns the solution x of A x = b, n elements.
  ///
  /// - Throws: ``FactorizationError/singular(operation:pivot:)``, `notFinite` or `noMemory`.
  public func solve(_ b: [Element]) throws(FactorizationError) -> [Element] {
    try solution("solve", b, rows: rows) { x throws(FactorizationError) in
      try solve("solve", x, transposed: false)
    }
  }

  /// Returns the solution X of Aᵀ X = B. LAPACK's `getrs`, or BLAS' `trsm` for several right sides.
  ///
  /// Stops the program if A is not square.
  ///
  /// - Parameter b: The right sides B, n × k.
  /// - Returns: The matrix X, n × k.
  /// - Throws: ``FactorizationError/singular(operation:pivot:)``, `notFinite` or `noMemory`.
  public func solveTransposed(
    _ b: borrowing some MatrixOperand<Element> & ~Copyable & ~Escapable
  ) throws(FactorizationError) -> Matrix<Element> {
    try solution("solveTransposed", b, rows: columns) { x throws(FactorizationError) in
      try solve("solveTransposed", x, transposed: true)
    }
  }

  /// Returns the solution x of Aᵀ x = b, n elements.
  ///
  /// - Throws: ``FactorizationError/singular(operation:pivot:)``, `notFinite` or `noMemory`.
  public func solveTransposed(_ b: [Element]) throws(FactorizationError) -> [Element] {
    try solution("solveTransposed", b, rows: columns) { x throws(FactorizationError) in
      try solve("solveTransposed", x, transposed: true)
    }
  }

  /// Solves in place.
  private func solve(
    _ operation: String, _ x: MatrixHandle<Element>, transposed: Bool
  ) throws(FactorizationError) {
    try requireRegular(operation)
    let n = lapackIndex(rows)
    try factors.withHandle { f throws(FactorizationError) in
      if x.columns == 1 {
        try callLAPACK("getrs", operation) {
          unsafe Element.routines.lapack.getrs(
            letter(transposed ? "T" : "N"), n, 1, f.base, n, pivots, x.base, n)
        }
        return
      }
      // The factors are stored as Lᵀ (above the diagonal) and Uᵀ.
      if transposed {
        try x.solveTriangular(operation, f, lower: true)
        try x.solveTriangular(operation, f, lower: false, unitDiagonal: true)
        for i in pivots.indices.reversed() { x.swapRows(i, Int(pivots[i]) - 1) }
      } else {
        for i in pivots.indices { x.swapRows(i, Int(pivots[i]) - 1) }
        try x.solveTriangular(operation, f, lower: false, transposed: true, unitDiagonal: true)
        try x.solveTriangular(operation, f, lower: true, transposed: true)
      }
    }
  }

  private func requireRegular(_ operation: String) throws(FactorizationError) {
    requireSquare(operation, rows, columns)
    if let zeroPivot { throw .singular(operation: operation, pivot: zeroPivot) }
  }

  /// Returns the inverse of A, n × n. LAPACK's `getri`.
  ///
  /// Solving is faster and more accurate than multiplying by the inverse. Stops the program if A is not
  /// square.
  ///
  /// - Throws: ``FactorizationError/singular(operation:pivot:)`` or `noMemory`.
  public func inverse() throws(FactorizationError) -> Matrix<Element> {
    let columns = try inverseOfColumns()
    return Matrix(columns.view.transpose)
  }

  /// Returns the transpose of the inverse, which is the inverse in column-major form.
  func inverseOfColumns() throws(FactorizationError) -> Matrix<Element> {
    try requireRegular("inverse")
    var result = factors
    let n = lapackIndex(rows)
    if n == 0 { return result }
    _ = try result.withMutableHandle { a throws(FactorizationError) in
      try callLAPACK("getri", "inverse") { work, size, _, _ in
        unsafe Element.routines.lapack.getri(n, a.base, n, pivots, work, size)
      }
    }
    return result
  }

  /// The determinant of A, infinite or zero if it exceeds the range; 1 for an empty matrix.
  ///
  /// Stops the program if A is not square.
  public var determinant: Element { diagonal.value(as: Element.self) }

  /// The sign (1, −1 or 0) and the natural logarithm of the magnitude of the determinant of A.
  ///
  /// The determinant is `sign * exp(logMagnitude)`; that of a singular matrix is 0 with logarithm −∞. Stops
  /// the program if A is not square.
  public var logDeterminant: (sign: Element, logMagnitude: Element) {
    let product = diagonal
    return (product.sign(as: Element.self), product.logarithm(as: Element.self))
  }

  private var diagonal: ScaledProduct {
    requireSquare("determinant", rows, columns)
    var product = ScaledProduct()
    for i in 0..<rows {
      product.multiply(by: Double(factors[i, i]))
      if Int(pivots[i]) != i + 1 { product.multiply(by: -1) }
    }
    return product
  }

  /// Returns an estimate of the condition number ‖A‖₁ ‖A⁻¹‖₁, rarely more than a factor of three too small;
  /// infinite if A is singular. LAPACK's `gecon`.
  ///
  /// Stops the program if A is not square.
  ///
  /// - Throws: ``FactorizationError/noMemory(operation:)``.
  public func conditionNumber() throws(FactorizationError) -> Element {
    requireSquare("conditionNumber", rows, columns)
    if zeroPivot != nil { return .infinity }
    let n = lapackIndex(rows)
    let work = try Workspace<Element>("conditionNumber", elements: 4 * rows, integers: rows)
    return try reciprocalCondition("gecon", norm, rows) { norm, reciprocal in
      factors.withHandle { f in
        unsafe Element.routines.lapack.gecon(
          letter("1"), n, f.base, n, norm, reciprocal, work.elements, work.integers)
      }
    }
  }
}

extension MatrixOperand where Self: ~Copyable, Self: ~Escapable {
  /// Returns the factorization P A = L U of this matrix, which may have any shape.
  ///
  /// LAPACK's `getrf`, with partial pivoting.
  ///
  /// - Throws: ``FactorizationError/notFinite(operation:operand:row:column:)`` or `noMemory`. Solving throws
  ///   if the matrix is singular.
  public borrowing func lu() throws(FactorizationError) -> LU<Element> { try LU(view, "lu") }
}
