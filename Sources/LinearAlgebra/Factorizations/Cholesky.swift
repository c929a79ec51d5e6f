import LangevinPreconditions

/// The Cholesky factorization A = L Lᵀ of a symmetric positive definite matrix.
///
/// It is the fastest way to solve systems with such a matrix: n³/3 operations, half of those of ``LU``.
/// LAPACK's `potrf`.
public struct Cholesky<Element: MatrixElement>: Sendable {
  /// The factor L: lower triangular, n × n, with a positive diagonal and zeros above it.
  public let l: Matrix<Element>
  /// The 1-norm of A.
  private let norm: Double

  /// Factors `matrix`; see ``MatrixOperand/cholesky()``.
  init(_ matrix: borrowing MatrixView<Element>, _ operation: String) throws(FactorizationError) {
    requireSquare(operation, matrix.rows, matrix.columns)
    // `potrf` is faster for a lower triangle, and for LAPACK, rows are columns.
    var factor = Matrix(matrix.transpose)
    norm = try factor.withMutableHandle { a throws(FactorizationError) in
      let norm = try a.symmetricNorm(operation, .upperTriangle, isTransposed: true)
      try a.formCholeskyFactor(operation)
      return norm
    }
    l = factor
  }

  /// The number of rows and columns of A.
  public var order: Int { l.rows }

  /// Returns the solution X of A X = B. LAPACK's `potrs`, or BLAS' `trsm` for several right sides.
  ///
  /// - Parameter b: The right sides B, n × k.
  /// - Returns: The matrix X, n × k.
  /// - Throws: ``FactorizationError/notFinite(operation:operand:row:column:)`` or `noMemory`.
  public func solve(
    _ b: borrowing some MatrixOperand<Element> & ~Copyable & ~Escapable
  ) throws(FactorizationError) -> Matrix<Element> {
    try solution("solve", b, rows: order) { x throws(FactorizationError) in try solve(x) }
  }

  /// Returns the solution x of A x = b, n elements.
  ///
  /// - Throws: ``FactorizationError/notFinite(operation:operand:row:column:)`` or `noMemory`.
  public func solve(_ b: [Element]) throws(FactorizationError) -> [Element] {
    try solution("solve", b, rows: order) { x throws(FactorizationError) in try solve(x) }
  }

  private func solve(_ x: MatrixHandle<Element>) throws(FactorizationError) {
    try l.withHandle { l throws(FactorizationError) in
      try x.solveTriangular("solve", l, lower: true)
      try x.solveTriangular("solve", l, lower: true, transposed: true)
    }
  }

  /// Returns the inverse of A, n × n. LAPACK's `potri`.
  ///
  /// Solving is faster and more accurate than multiplying by the inverse.
  ///
  /// - Throws: ``FactorizationError/noMemory(operation:)``.
  public func inverse() throws(FactorizationError) -> Matrix<Element> {
    var result = l
    let n = lapackIndex(order)
    if n == 0 { return result }
    try result.withMutableHandle { a throws(FactorizationError) in
      try callLAPACK("potri", "inverse") {
        unsafe Element.routines.lapack.potri(letter("U"), n, a.base, n)
      }
      a.mirror(.lowerTriangle)
    }
    return result
  }

  /// The determinant of A, infinite or zero if it exceeds the range; 1 for an empty matrix.
  public var determinant: Element { squaredDiagonal.value(as: Element.self) }

  /// The natural logarithm of the determinant of A, which is positive.
  public var logDeterminant: Element { squaredDiagonal.logarithm(as: Element.self) }

  private var squaredDiagonal: ScaledProduct {
    var product = ScaledProduct()
    for i in 0..<order {
      let element = Double(l[i, i])
      product.multiply(by: element)
      product.multiply(by: element)
    }
    return product
  }

  /// Returns an estimate of the condition number ‖A‖₁ ‖A⁻¹‖₁, rarely more than a factor of three too small.
  /// LAPACK's `pocon`.
  ///
  /// - Throws: ``FactorizationError/noMemory(operation:)``.
  public func conditionNumber() throws(FactorizationError) -> Element {
    let n = lapackIndex(order)
    let work = try Workspace<Element>("conditionNumber", elements: 3 * order, integers: order)
    return try reciprocalCondition("pocon", norm, order) { norm, reciprocal in
      l.withHandle { l in
        unsafe Element.routines.lapack.pocon(
          letter("U"), n, l.base, max(1, n), norm, reciprocal, work.elements, work.integers)
      }
    }
  }
}

extension MatrixHandle {
  /// Replaces a symmetric matrix, of which only the upper triangle is read, by its factor L.
  func formCholeskyFactor(_ operation: String) throws(FactorizationError) {
    let n = lapackIndex(rows)
    let status = try callLAPACK("potrf", operation) {
      unsafe Element.routines.lapack.potrf(letter("L"), n, base, max(1, n))
    }
    if status > 0 { throw .notPositiveDefinite(operation: operation, minor: status) }
    // Differences of infinities are NaN, which LAPACK does not detect.
    for i in 0..<rows where unsafe !base[i * stride + i].isFinite {
      throw .notPositiveDefinite(operation: operation, minor: i + 1)
    }
    mirror(.upperTriangle)
    clear(.upperTriangle)
  }
}

extension MatrixOperand where Self: ~Copyable, Self: ~Escapable {
  /// Returns the Cholesky factorization A = L Lᵀ of this symmetric positive definite matrix.
  ///
  /// Only the lower triangle is read. LAPACK's `potrf`.
  ///
  /// - Throws: ``FactorizationError/notPositiveDefinite(operation:minor:)``, `notFinite` or `noMemory`.
  public borrowing func cholesky() throws(FactorizationError) -> Cholesky<Element> {
    try Cholesky(view, "cholesky")
  }
}
