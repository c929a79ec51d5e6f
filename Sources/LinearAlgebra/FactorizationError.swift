public import LangevinErrors

/// Why a matrix could not be factored, or a system not be solved.
public enum FactorizationError: DescribedError, Equatable {
  /// The leading minor of this order is not positive: the matrix is not positive definite.
  case notPositiveDefinite(minor: Int)
  /// The pivot in this row (counted from 0) is zero: the matrix is singular.
  case singular(pivot: Int)
  /// The columns are linearly dependent: column `column` (counted from 0) adds nothing.
  case rankDeficient(column: Int)
  /// The iteration left this many off-diagonal elements away from zero.
  case noConvergence(remaining: Int)
  /// LAPACK finds no memory to work with.
  case noMemory
  /// An element is infinite or NaN.
  case notFinite(row: Int, column: Int)

  /// What was wrong, and what to do.
  public var description: String {
    switch self {
    case .notPositiveDefinite(let minor):
      """
      Cholesky: the matrix is not positive definite (its leading minor of order \(minor) is not \
      positive); add a small multiple of the identity, or use the eigendecomposition
      """
    case .singular(let pivot):
      "solve: the matrix is singular (pivot \(pivot) is zero); use leastSquares"
    case .rankDeficient(let column):
      """
      least squares: the columns are linearly dependent (column \(column)); leave columns out, or \
      use the singular value decomposition
      """
    case .noConvergence(let remaining):
      "the iteration did not converge (\(remaining) elements remain); scale the matrix"
    case .noMemory:
      """
      there is no memory for the factorization; allow the process more (ulimit -v), or factor a smaller \
      matrix
      """
    case .notFinite(let row, let column):
      "element (\(row), \(column)) of the matrix is not a finite number; clean the data first"
    }
  }
}
