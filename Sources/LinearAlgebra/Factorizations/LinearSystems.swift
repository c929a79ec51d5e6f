internal import CLangevinLAPACKE
import LangevinPreconditions

/// A triangle of a matrix, with its diagonal.
public enum Triangle: Sendable {
  /// The elements on and below the diagonal.
  case lower
  /// The elements on and above the diagonal.
  case upper
}

extension MatrixOperand where Self: ~Copyable, Self: ~Escapable {
  /// Returns the solution X of A X = B, where A is this square matrix.
  ///
  /// Factors A by ``lu()``; keep the factorization to solve again with the same matrix.
  ///
  /// - Parameter b: The right sides B, n × k.
  /// - Returns: The matrix X, n × k.
  /// - Throws: ``FactorizationError/singular(operation:pivot:)``, `notFinite` or `noMemory`.
  public borrowing func solve(
    _ b: borrowing some MatrixOperand<Element> & ~Copyable & ~Escapable
  ) throws(FactorizationError) -> Matrix<Element> {
    requireSquare("solve", rows, columns)
    return try LU(view, "solve").solve(b)
  }

  /// Returns the solution x of A x = b, n elements, where A is this square matrix.
  ///
  /// - Throws: ``FactorizationError/singular(operation:pivot:)``, `notFinite` or `noMemory`.
  public borrowing func solve(_ b: [Element]) throws(FactorizationError) -> [Element] {
    requireSquare("solve", rows, columns)
    return try LU(view, "solve").solve(b)
  }

  /// Returns the inverse of this square matrix. LAPACK's `getrf` and `getri`.
  ///
  /// Solving is faster and more accurate than multiplying by the inverse.
  ///
  /// - Throws: ``FactorizationError/singular(operation:pivot:)``, `notFinite` or `noMemory`.
  public borrowing func inverse() throws(FactorizationError) -> Matrix<Element> {
    requireSquare("inverse", rows, columns)
    // The inverse of the transpose, column-major, is the inverse, row-major.
    return try LU(columns: Matrix(view), isTransposed: false, "inverse").inverseOfColumns()
  }

  /// Returns the determinant of this square matrix, infinite or zero if it exceeds the range; 1 for an empty
  /// matrix. LAPACK's `getrf`.
  ///
  /// - Throws: ``FactorizationError/notFinite(operation:operand:row:column:)`` or `noMemory`.
  public borrowing func determinant() throws(FactorizationError) -> Element {
    requireSquare("determinant", rows, columns)
    return try LU(view, "determinant").determinant
  }

  /// Returns the sign (1, −1 or 0) and the natural logarithm of the magnitude of the determinant of this
  /// square matrix. LAPACK's `getrf`.
  ///
  /// - Throws: ``FactorizationError/notFinite(operation:operand:row:column:)`` or `noMemory`.
  public borrowing func logDeterminant() throws(FactorizationError) -> (
    sign: Element, logMagnitude: Element
  ) {
    requireSquare("logDeterminant", rows, columns)
    return try LU(view, "logDeterminant").logDeterminant
  }

  /// Returns the solution X of op(T) X = B, where T is a triangle of this square matrix, and op transposes it
  /// if so requested.
  ///
  /// The other triangle is not read. LAPACK's `trtrs`, or BLAS' `trsm` for several right sides. A transposed
  /// view is not copied; its results agree with those of a copy within rounding.
  ///
  /// - Parameters:
  ///   - b: The right sides B, n × k.
  ///   - triangle: The triangle T.
  ///   - transposed: Whether to solve with Tᵀ.
  ///   - unitDiagonal: Whether the diagonal of T counts as ones and is not read.
  /// - Returns: The matrix X, n × k.
  /// - Throws: ``FactorizationError/singular(operation:pivot:)`` if an element on the diagonal is zero,
  ///   `notFinite` or `noMemory`.
  public borrowing func solveTriangular(
    _ b: borrowing some MatrixOperand<Element> & ~Copyable & ~Escapable, _ triangle: Triangle,
    transposed: Bool = false, unitDiagonal: Bool = false
  ) throws(FactorizationError) -> Matrix<Element> {
    try triangularSolution(triangle, transposed, unitDiagonal) { solve throws(FactorizationError) in
      try solution("solveTriangular", b, rows: rows, solve)
    }
  }

  /// Returns the solution x of op(T) x = b, n elements, where T is a triangle of this square matrix, and op
  /// transposes it if so requested.
  ///
  /// - Throws: ``FactorizationError/singular(operation:pivot:)`` if an element on the diagonal is zero,
  ///   `notFinite` or `noMemory`.
  public borrowing func solveTriangular(
    _ b: [Element], _ triangle: Triangle, transposed: Bool = false, unitDiagonal: Bool = false
  ) throws(FactorizationError) -> [Element] {
    try triangularSolution(triangle, transposed, unitDiagonal) { solve throws(FactorizationError) in
      try solution("solveTriangular", b, rows: rows, solve)
    }
  }

  /// Calls `body` with a function that solves in place.
  private borrowing func triangularSolution<R>(
    _ triangle: Triangle, _ transposed: Bool, _ unitDiagonal: Bool,
    _ body: ((MatrixHandle<Element>) throws(FactorizationError) -> Void) throws(FactorizationError)
      -> R
  ) throws(FactorizationError) -> R {
    let operation = "solveTriangular"
    requireSquare(operation, rows, columns)
    return try view.withTriangle(triangle) { a, lower, isTransposed throws(FactorizationError) in
      try a.requireFinite(
        operation, "matrix", lower ? .lowerTriangle : .upperTriangle, isTransposed: isTransposed)
      if !unitDiagonal {
        for i in 0..<a.rows where unsafe a.base[i * a.stride + i] == 0 {
          throw .singular(operation: operation, pivot: i)
        }
      }
      return try body { x throws(FactorizationError) in
        try x.solveTriangular(
          operation, a, lower: lower, transposed: transposed != isTransposed,
          unitDiagonal: unitDiagonal)
      }
    }
  }
}

extension MatrixView {
  /// Calls `body` with a handle of these elements or of their transpose, whichever has contiguous rows, or of a
  /// copy; with whether the triangle is the lower one of that handle; and with whether it is the transpose.
  fileprivate func withTriangle<R>(
    _ triangle: Triangle,
    _ body: (MatrixHandle<Element>, _ lower: Bool, _ isTransposed: Bool) throws(FactorizationError)
      -> R
  ) throws(FactorizationError) -> R {
    if hasContiguousRows { return try body(handle, triangle == .lower, false) }
    if transpose.hasContiguousRows { return try body(transpose.handle, triangle == .upper, true) }
    return try Matrix(self).withHandle { copy throws(FactorizationError) in
      try body(copy, triangle == .lower, false)
    }
  }
}
