internal import CLangevinLAPACKE
import LangevinPreconditions

/// The real Schur form A = Z T Zᵀ of a square matrix.
///
/// Z is orthogonal. T is upper triangular except for blocks of order 2 on its diagonal, one for each pair of
/// complex eigenvalues. LAPACK's `gees`.
public struct Schur<Element: MatrixElement>: Sendable {
  /// The quasi-triangular factor T, n × n.
  public let t: Matrix<Element>
  /// The orthogonal factor Z, n × n.
  public let z: Matrix<Element>
  /// The eigenvalues, in the order of T's diagonal.
  public let values: [Eigenvalue<Element>]

  /// Factors `matrix`; see ``MatrixOperand/schur()``.
  init(_ matrix: borrowing MatrixView<Element>, _ operation: String) throws(FactorizationError) {
    let order = matrix.rows
    requireSquare(operation, order, matrix.columns)
    if order == 0 {
      (t, z, values) = (Matrix(rows: 0, columns: 0), Matrix(rows: 0, columns: 0), [])
      return
    }
    let n = lapackIndex(order)
    let parts = try Workspace<Element>(operation, elements: 2 * order)
    let (real, imaginary) = unsafe (parts.elements, parts.elements + order)
    var columns = Matrix(matrix.transpose)
    var vectors = Matrix<Element>(uninitializedRows: order, columns: order)
    try columns.withMutableHandle { a throws(FactorizationError) in
      try a.requireFinite(operation, isTransposed: true)
      try vectors.withMutableHandle { z throws(FactorizationError) in
        // The number of selected eigenvalues, which is 0 because none are.
        var selected: LAPACKInteger = 0
        let status = try callLAPACK("gees", operation) { work, size, _, _ in
          unsafe Element.routines.lapack.gees(
            letter("V"), n, a.base, n, &selected, real, imaginary, z.base, n, work, size)
        }
        if status > 0 { throw .noConvergence(operation: operation, remaining: status) }
      }
    }
    values = unsafe eigenvalues(real, imaginary, order)
    t = Matrix(columns.view.transpose)
    z = Matrix(vectors.view.transpose)
  }

  /// The number of rows and columns of A.
  public var order: Int { t.rows }
}

extension MatrixOperand where Self: ~Copyable, Self: ~Escapable {
  /// Returns the real Schur form A = Z T Zᵀ of this square matrix. LAPACK's `gees`.
  ///
  /// - Throws: ``FactorizationError/noConvergence(operation:remaining:)``, `notFinite` or `noMemory`.
  public borrowing func schur() throws(FactorizationError) -> Schur<Element> {
    try Schur(view, "schur")
  }
}
