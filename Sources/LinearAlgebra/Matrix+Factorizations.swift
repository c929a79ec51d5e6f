// Factorizations by LAPACK. LAPACKE takes row-major matrices and transposes a copy where LAPACK
// needs column-major ones; that costs little compared with the factorization.

internal import CLangevinLAPACKE
import LangevinPreconditions

extension Matrix {
  /// Returns the Cholesky factor: the lower triangular L with A = L Lᵀ and a positive diagonal.
  ///
  /// A is this matrix; only its lower triangle is read. LAPACK's `spotrf`.
  ///
  /// - Throws: ``FactorizationError/notPositiveDefinite(minor:)``, `notFinite` or `noMemory`.
  public func cholesky() throws(FactorizationError) -> Matrix {
    requireSquare("cholesky")
    try requireFinite(lowerTriangle: true)
    var factor = self
    let order = lapackIndex(rows)
    let status = try callLAPACK("spotrf") {
      factor.withMutableHandle { handle in
        unsafe LAPACKE_spotrf(LAPACK_ROW_MAJOR, letter("L"), order, handle.base, max(1, order))
      }
    }
    if status > 0 { throw .notPositiveDefinite(minor: Int(status)) }
    for i in 0..<rows {
      for j in i + 1..<max(columns, i + 1) { factor[i, j] = 0 }
    }
    return factor
  }

  /// Returns the eigendecomposition A = V diag(λ) Vᵀ of this symmetric matrix.
  ///
  /// Only the lower triangle is read. LAPACK's `ssyevd`.
  ///
  /// - Returns: The eigenvalues λ in ascending order, and the matrix V, whose column j is the unit
  ///   eigenvector of `values[j]`.
  /// - Throws: ``FactorizationError/noConvergence(remaining:)``, `notFinite` or `noMemory`.
  public func symmetricEigendecomposition() throws(FactorizationError) -> (
    values: [Float], vectors: Matrix
  ) {
    requireSquare("symmetricEigendecomposition")
    try requireFinite(lowerTriangle: true)
    var vectors = self
    var values = [Float](repeating: 0, count: rows)
    let order = lapackIndex(rows)
    let status = try callLAPACK("ssyevd") {
      vectors.withMutableHandle { handle in
        unsafe LAPACKE_ssyevd(
          LAPACK_ROW_MAJOR, letter("V"), letter("L"), order, handle.base, max(1, order), &values)
      }
    }
    if status > 0 { throw .noConvergence(remaining: Int(status)) }
    return (values, vectors)
  }

  /// Returns the thin singular value decomposition A = U diag(σ) Vᵀ, with k = min(rows, columns) singular
  /// values.
  ///
  /// LAPACK's `sgesdd`.
  ///
  /// - Returns: The matrix U, rows × k, with orthonormal columns; the singular values σ in descending order;
  ///   and the matrix Vᵀ, k × columns, with orthonormal rows.
  /// - Throws: ``FactorizationError/noConvergence(remaining:)``, `notFinite` or `noMemory`.
  public func singularValueDecomposition() throws(FactorizationError)
    -> (u: Matrix, values: [Float], vTransposed: Matrix)
  {
    try requireFinite()
    let rank = min(rows, columns)
    var copy = self
    var u = Matrix(rows: rows, columns: rank)
    var vTransposed = Matrix(rows: rank, columns: columns)
    var values = [Float](repeating: 0, count: rank)
    if rank == 0 { return (u, values, vTransposed) }
    let (m, n, k) = (lapackIndex(rows), lapackIndex(columns), lapackIndex(rank))
    let status = try callLAPACK("sgesdd") {
      copy.withMutableHandle { a in
        u.withMutableHandle { u in
          vTransposed.withMutableHandle { v in
            unsafe LAPACKE_sgesdd(
              LAPACK_ROW_MAJOR, letter("S"), m, n, a.base, n, &values, u.base, k, v.base, n)
          }
        }
      }
    }
    if status > 0 { throw .noConvergence(remaining: Int(status)) }
    return (u, values, vTransposed)
  }

  /// Returns the solution X of A X = B, where A is this square matrix.
  ///
  /// LU factorization with partial pivoting, LAPACK's `sgesv`.
  ///
  /// - Throws: ``FactorizationError/singular(pivot:)``, `notFinite` or `noMemory`.
  public func solve(_ b: Matrix) throws(FactorizationError) -> Matrix {
    requireSquare("solve")
    require(
      b.rows == rows,
      "solve: a right side of \(b.shapeDescription) does not fit \(shapeDescription)")
    try requireFinite()
    try b.requireFinite()
    var factors = self
    var solution = b
    if isEmpty || b.isEmpty { return solution }
    let (order, sides) = (lapackIndex(rows), lapackIndex(b.columns))
    var pivots = [LAPACKInteger](repeating: 0, count: rows)
    let status = try callLAPACK("sgesv") {
      factors.withMutableHandle { a in
        solution.withMutableHandle { x in
          unsafe LAPACKE_sgesv(
            LAPACK_ROW_MAJOR, order, sides, a.base, order, &pivots, x.base, sides)
        }
      }
    }
    if status > 0 { throw .singular(pivot: Int(status) - 1) }
    return solution
  }

  /// Returns the X that minimizes ‖A X - B‖ column by column, where A is this matrix.
  ///
  /// A must have linearly independent columns, and at least as many rows as columns. QR factorization,
  /// LAPACK's `sgels`.
  ///
  /// - Throws: ``FactorizationError/rankDeficient(column:)``, `notFinite` or `noMemory`.
  public func leastSquares(_ b: Matrix) throws(FactorizationError) -> Matrix {
    require(
      b.rows == rows,
      "leastSquares: a right side of \(b.shapeDescription) does not fit \(shapeDescription)")
    require(
      rows >= columns,
      "leastSquares: \(shapeDescription) has more unknowns than equations")
    try requireFinite()
    try b.requireFinite()
    var factors = self
    var solution = b
    if isEmpty || b.isEmpty { return Matrix(rows: columns, columns: b.columns) }
    let (m, n, sides) = (lapackIndex(rows), lapackIndex(columns), lapackIndex(b.columns))
    let status = try callLAPACK("sgels") {
      factors.withMutableHandle { a in
        solution.withMutableHandle { x in
          unsafe LAPACKE_sgels(
            LAPACK_ROW_MAJOR, letter("N"), m, n, sides, a.base, n, x.base, sides)
        }
      }
    }
    if status > 0 { throw .rankDeficient(column: Int(status) - 1) }
    // `sgels` detects only an exact zero; small elements on R's diagonal show dependence within rounding.
    var largest: Float = 0
    for j in 0..<columns { largest = max(largest, factors[j, j].magnitude) }
    for j in 0..<columns
    where factors[j, j].magnitude <= Float(rows) * Float.ulpOfOne * largest {
      throw .rankDeficient(column: j)
    }
    return solution.rows(0..<columns)
  }

  private func requireSquare(_ name: String) {
    require(rows == columns, "\(name): \(shapeDescription) is not square")
  }

  /// Checks that all elements, or only those on and below the diagonal, are finite.
  private func requireFinite(lowerTriangle: Bool = false) throws(FactorizationError) {
    for i in 0..<rows {
      let row = row(i)
      for j in 0..<(lowerTriangle ? min(i + 1, columns) : columns) where !row[j].isFinite {
        throw .notFinite(row: i, column: j)
      }
    }
  }
}

private func letter(_ character: Unicode.Scalar) -> CChar {
  CChar(truncatingIfNeeded: character.value)
}

private func lapackIndex(_ value: Int) -> LAPACKInteger {
  guard let index = LAPACKInteger(exactly: value) else {
    requirementFailure("LAPACK: a dimension of \(value) overflows its integers")
  }
  return index
}

/// Calls `routine` and returns its status: 0, or a positive number whose meaning depends on the routine.
///
/// - Throws: ``FactorizationError/noMemory``.
private func callLAPACK(
  _ routine: String, _ body: () -> LAPACKInteger
) throws(FactorizationError) -> LAPACKInteger {
  guard let status = OpenBLAS.whereMemoryAllows(body),
    status != LAPACK_WORK_MEMORY_ERROR, status != LAPACK_TRANSPOSE_MEMORY_ERROR
  else { throw .noMemory }
  // LAPACK returns `-i` if argument `i` is invalid, which would be a bug in this file.
  require(status >= 0, "LAPACK \(routine): argument \(-status) is invalid")
  return status
}
