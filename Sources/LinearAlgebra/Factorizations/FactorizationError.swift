public import LangevinErrors

/// An error that prevents factoring a matrix or solving a linear system.
///
/// `operation` is the name of the function that failed. Rows, columns and pivots are counted from 0.
public enum FactorizationError: DescribedError, Equatable {
  /// The leading minor of order `minor` is not positive: the matrix is not positive definite.
  case notPositiveDefinite(operation: String, minor: Int)
  /// The pivot in this row is zero: the matrix is singular.
  case singular(operation: String, pivot: Int)
  /// The columns are linearly dependent: `column` depends on the ones before it.
  case rankDeficient(operation: String, column: Int)
  /// The iteration did not converge: `remaining` elements are not yet zero.
  case noConvergence(operation: String, remaining: Int)
  /// The system refuses the memory that LAPACK needs.
  case noMemory(operation: String)
  /// An element of `operand`, "matrix" or "right side", is infinite or NaN.
  case notFinite(operation: String, operand: String, row: Int, column: Int)
  /// The result exceeds the range of the elements.
  case overflow(operation: String)
  /// An error of the matrix `index` of a stack.
  indirect case inStack(index: Int, error: FactorizationError)

  /// The problem and its remedy.
  public var description: String {
    switch self {
    case .notPositiveDefinite(let operation, let minor):
      """
      \(operation): the matrix is not positive definite (its leading minor of order \(minor) is not \
      positive); add a small multiple of the identity, or use ldlt() or symmetricEigen()
      """
    case .singular(let operation, let pivot):
      """
      \(operation): the matrix is singular (pivot \(pivot) is zero); use \
      leastSquares(_:tolerance:) or pseudoInverse()
      """
    case .rankDeficient(let operation, let column):
      """
      \(operation): the columns are linearly dependent (column \(column)); remove dependent \
      columns, or use leastSquares(_:tolerance:)
      """
    case .noConvergence(let operation, let remaining):
      "\(operation): no convergence (\(remaining) elements remain); scale the matrix"
    case .noMemory(let operation):
      """
      \(operation): out of memory; raise the memory limit of the process (ulimit -v), or use a \
      smaller matrix
      """
    case .notFinite(let operation, let operand, let row, let column):
      "\(operation): element (\(row), \(column)) of the \(operand) is not finite; clean the data first"
    case .overflow(let operation):
      "\(operation): the result exceeds the range of the elements; scale the matrix, or use Double"
    case .inStack(let index, let error):
      "matrix \(index) of the stack: \(error.description)"
    }
  }
}
