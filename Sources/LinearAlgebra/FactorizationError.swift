public import LangevinErrors

/// An error that prevents factoring a matrix or solving a linear system.
public enum FactorizationError: DescribedError, Equatable {
  /// The leading minor of this order is not positive: the matrix is not positive definite.
  case notPositiveDefinite(minor: Int)
  /// The pivot in this row (counted from 0) is zero: the matrix is singular.
  case singular(pivot: Int)
  /// The columns are linearly dependent: `column` (counted from 0) depends on the ones before it.
  case rankDeficient(column: Int)
  /// The iteration did not converge: `remaining` off-diagonal elements are not yet zero.
  case noConvergence(remaining: Int)
  /// The system refuses the memory that LAPACK needs.
  case noMemory
  /// An element is infinite or NaN.
  case notFinite(row: Int, column: Int)

  /// The problem and its remedy.
  public var description: String {
    switch self {
    case .notPositiveDefinite(let minor):
      """
      cholesky: the matrix is not positive definite (its leading minor of order \(minor) is not \
      positive); add a small multiple of the identity, or use the eigendecomposition
      """
    case .singular(let pivot):
      "solve: the matrix is singular (pivot \(pivot) is zero); use leastSquares"
    case .rankDeficient(let column):
      """
      leastSquares: the columns are linearly dependent (column \(column)); remove dependent \
      columns, or use the singular value decomposition
      """
    case .noConvergence(let remaining):
      "factorization: no convergence (\(remaining) elements remain); scale the matrix"
    case .noMemory:
      """
      factorization: out of memory; raise the memory limit of the process (ulimit -v), or factor a \
      smaller matrix
      """
    case .notFinite(let row, let column):
      "factorization: element (\(row), \(column)) of the matrix is not finite; clean the data first"
    }
  }
}
