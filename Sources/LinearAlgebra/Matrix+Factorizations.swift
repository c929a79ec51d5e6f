// Factorizations by LAPACK. LAPACKE is called with row-major matrices and copies them where
// LAPACK needs columns; the cost is small beside the factorization.

internal import CLangevinLAPACKE
import LangevinPreconditions

/// A = V diag(λ) Vᵀ of a symmetric matrix.
public struct SymmetricEigendecomposition: Sendable {
  /// The eigenvalues λ, ascending.
  public let values: [Float]
  /// V: column j is the eigenvector of `values[j]`, of length 1.
  public let vectors: Matrix
}

/// A = U diag(σ) Vᵀ, in its thin form: k = min(rows, columns).
public struct SingularValueDecomposition: Sendable {
  /// U, rows × k, with orthonormal columns.
  public let u: Matrix
  /// The singular values σ, descending.
  public let values: [Float]
  /// Vᵀ, k × columns, with orthonormal rows.
  public let vTransposed: Matrix
}

extension Matrix {
  /// The lower triangular L with positive diagonal and A = L Lᵀ (LAPACK's `spotrf`).
  ///
  /// Only the lower triangle of this matrix is read.
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

  /// Eigenvalues and eigenvectors of a symmetric matrix (LAPACK's `ssyevd`).
  ///
  /// Only the lower triangle of this matrix is read.
  ///
  /// - Throws: ``FactorizationError/noConvergence(remaining:)``, `notFinite` or `noMemory`.
  public func symmetricEigendecomposition() throws(FactorizationError)
    -> SymmetricEigendecomposition
  {
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
    return SymmetricEigendecomposition(values: values, vectors: vectors)
  }

  /// The thin singular value decomposition (LAPACK's `sgesdd`).
  ///
  /// - Throws: ``FactorizationError/noConvergence(remaining:)``, `notFinite` or `noMemory`.
  public func singularValueDecomposition() throws(FactorizationError)
    -> SingularValueDecomposition
  {
    try requireFinite()
    let rank = min(rows, columns)
    var copy = self
    var u = Matrix(rows: rows, columns: rank)
    var vTransposed = Matrix(rows: rank, columns: columns)
    var values = [Float](repeating: 0, count: rank)
    if rank == 0 {
      return SingularValueDecomposition(u: u, values: values, vTransposed: vTransposed)
    }
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
    return SingularValueDecomposition(u: u, values: values, vTransposed: vTransposed)
  }

  /// X with A X = B, by LU with partial pivoting (LAPACK's `sgesv`). A is this matrix, square.
  ///
  /// - Throws: ``FactorizationError/singular(pivot:)``, `notFinite` or `noMemory`.
  public func solve(_ b: Matrix) throws(FactorizationError) -> Matrix {
    requireSquare("solve")
    require(
      b.rows == rows, "solve: \(b.shapeDescription) does not fit \(shapeDescription)")
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

  /// X that minimizes ‖A X - B‖ column by column, by QR (LAPACK's `sgels`). A is this matrix, with
  /// at least as many rows as columns, and independent columns.
  ///
  /// - Throws: ``FactorizationError/rankDeficient(column:)``, `notFinite` or `noMemory`.
  public func leastSquares(_ b: Matrix) throws(FactorizationError) -> Matrix {
    require(
      b.rows == rows, "leastSquares: \(b.shapeDescription) does not fit \(shapeDescription)")
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
    // `sgels` only notices an exact zero; R's diagonal tells of dependence within rounding.
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

  /// Checks all elements, or those on and below the diagonal.
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
    requirementFailure("LAPACK: a dimension of \(value) is more than its integers count")
  }
  return index
}

/// Returns the status of a call of `routine`: 0, or a number above it that the routine explains.
///
/// - Throws: ``FactorizationError/noMemory``.
private func callLAPACK(
  _ routine: String, _ body: () -> LAPACKInteger
) throws(FactorizationError) -> LAPACKInteger {
  guard let status = OpenBLAS.whereMemoryAllows(body),
    status != LAPACK_WORK_MEMORY_ERROR, status != LAPACK_TRANSPOSE_MEMORY_ERROR
  else { throw .noMemory }
  // LAPACK says `-i` if its argument `i` was wrong: a mistake of this file.
  require(status >= 0, "LAPACK \(routine): argument \(-status) was refused")
  return status
}
