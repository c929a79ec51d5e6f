internal import CLangevinLAPACKE
internal import LangevinKernelTable
import LangevinPreconditions

extension MatrixOperand where Self: ~Copyable, Self: ~Escapable {
  /// Returns the X that minimizes ‖A X − B‖ column by column, where A is this matrix.
  ///
  /// A must have at least as many rows as columns, which stops the program otherwise, and linearly independent
  /// columns. Factors A by ``qr(pivoting:)``.
  ///
  /// - Parameter b: The right sides B, rows × k.
  /// - Returns: The matrix X, columns × k.
  /// - Throws: ``FactorizationError/rankDeficient(operation:column:)``, `notFinite` or `noMemory`.
  public borrowing func leastSquares(
    _ b: borrowing some MatrixOperand<Element> & ~Copyable & ~Escapable
  ) throws(FactorizationError) -> Matrix<Element> {
    require(
      rows >= columns,
      """
      leastSquares: \(rows) × \(columns) has more unknowns than equations; use \
      leastSquares(_:tolerance:)
      """)
    return try QR(view, pivoting: false, "leastSquares").solve(b, "leastSquares")
  }

  /// Returns the x that minimizes ‖A x − b‖, where A is this matrix.
  ///
  /// - Parameter b: The right side, `rows` elements.
  /// - Returns: The solution, `columns` elements.
  /// - Throws: ``FactorizationError/rankDeficient(operation:column:)``, `notFinite` or `noMemory`.
  public borrowing func leastSquares(_ b: [Element]) throws(FactorizationError) -> [Element] {
    try leastSquares(Matrix(column: b)).array
  }

  /// Returns the X of minimum norm that minimizes ‖A X − B‖, column by column, where A is this matrix.
  ///
  /// A may have any shape and rank. Singular value decomposition, LAPACK's `gelsd`.
  ///
  /// - Parameters:
  ///   - b: The right sides B, rows × k.
  ///   - tolerance: Singular values of at most `tolerance` times the largest one count as zero.
  /// - Returns: The matrix X, columns × k.
  /// - Throws: ``FactorizationError/noConvergence(operation:remaining:)``, `notFinite` or `noMemory`.
  public borrowing func leastSquares(
    _ b: borrowing some MatrixOperand<Element> & ~Copyable & ~Escapable, tolerance: Element
  ) throws(FactorizationError) -> Matrix<Element> {
    let operation = "leastSquares"
    let (m, n, sides) = (rows, columns, b.columns)
    requireRightSide(operation, b.rows, sides, rows: m)
    require(tolerance >= 0, "\(operation): the tolerance (\(tolerance)) must not be negative")
    var a = Matrix(view.transpose)
    // The right sides are columns of max(m, n) elements, which the solutions overwrite.
    var x = Matrix<Element>(rows: sides, columns: max(m, n))
    try x.withMutableHandle { x throws(FactorizationError) in
      x.columns(0..<m).copy(b.view.transpose)
      try x.requireFinite(operation, "right side", isTransposed: true)
      try a.withMutableHandle { a throws(FactorizationError) in
        try a.requireFinite(operation, isTransposed: true)
        if a.count == 0 || sides == 0 { return x.fill(0) }
        let values = try Workspace<Element>(operation, elements: min(m, n))
        var rank: LAPACKInteger = 0
        let (rows, columns) = (lapackIndex(m), lapackIndex(n))
        let status = try callLAPACK("gelsd", operation) { work, size, integers, _ in
          unsafe Element.routines.lapack.gelsd(
            rows, columns, lapackIndex(sides), a.base, rows, x.base, lapackIndex(x.columns),
            values.elements, tolerance, &rank, work, size, integers)
        }
        if status > 0 { throw .noConvergence(operation: operation, remaining: status) }
      }
    }
    return Matrix(x.view.columns(0..<n).transpose)
  }

  /// Returns the X that minimizes ‖A X − B‖² + λ ‖X‖², column by column, where A is this matrix.
  ///
  /// A may have any shape. With λ > 0, the solution is unique. QR factorization of A above √λ I, which does not
  /// square the condition number as the normal equations do; for a wide matrix, of Aᵀ above √λ I.
  ///
  /// - Parameters:
  ///   - b: The right sides B, rows × k.
  ///   - penalty: The penalty λ, not negative.
  /// - Returns: The matrix X, columns × k.
  /// - Throws: ``FactorizationError/rankDeficient(operation:column:)`` if λ is too small, `notFinite` or
  ///   `noMemory`.
  public borrowing func ridge(
    _ b: borrowing some MatrixOperand<Element> & ~Copyable & ~Escapable, penalty: Element
  ) throws(FactorizationError) -> Matrix<Element> {
    let operation = "ridge"
    let (m, n) = (rows, columns)
    requireRightSide(operation, b.rows, b.columns, rows: m)
    require(
      penalty >= 0 && penalty.isFinite,
      "\(operation): the penalty (\(penalty)) must be a finite number and not negative")
    let (long, short) = (max(m, n), min(m, n))
    // Column-major: row j holds column j of A (or Aᵀ), and √λ in row `long + j`.
    var augmented = Matrix<Element>(rows: short, columns: long + short)
    try augmented.withMutableHandle { a throws(FactorizationError) in
      let data = a.columns(0..<long)
      data.copy(m >= n ? view.transpose : view)
      try data.requireFinite(operation, isTransposed: m >= n)
      a.columns(long..<long + short).fillDiagonal(penalty.squareRoot())
    }
    let qr = try QR(columns: augmented, pivoting: false, operation)
    if m >= n {
      var right = try solution(operation, b, rows: m) { _ in }
      right.resize(rows: long + short)
      return try qr.solve(right, operation)
    }
    // X = Aᵀ (A Aᵀ + λ I)⁻¹ B = Q₁ R⁻ᵀ B, where Q₁ is the part of Q beside Aᵀ.
    var x = try qr.solveTransposed(b, operation)
    x.resize(rows: n)
    return x
  }
}
