import LinearAlgebra

/// The ways in which an operand can lie in memory.
enum Layout: CaseIterable, Sendable {
  /// A matrix: all elements adjacent.
  case whole
  /// A block: a gap between rows.
  case block
  /// Every second row and third column.
  case steps
  /// A transpose.
  case transpose
  /// A transpose of a block.
  case transposedBlock

  /// Calls `body` with a view of the elements of `matrix` that lie in memory as this case says; the
  /// elements around them are NaN.
  func with<Element: MatrixElement, R>(
    _ matrix: Matrix<Element>, _ body: (MatrixView<Element>) throws -> R
  ) rethrows -> R {
    let (rows, columns) = (matrix.rows, matrix.columns)
    switch self {
    case .whole: return try body(matrix.view)
    case .block:
      var around = Matrix<Element>(rows: rows + 3, columns: columns + 2, repeating: .nan)
      for i in 0..<rows { for j in 0..<columns { around[i + 2, j + 1] = matrix[i, j] } }
      return try body(around.view[2..<2 + rows, 1..<1 + columns])
    case .steps:
      var around = Matrix<Element>(rows: 2 * rows, columns: 3 * columns, repeating: .nan)
      for i in 0..<rows { for j in 0..<columns { around[2 * i, 3 * j] = matrix[i, j] } }
      return try body(around.view.steps(rows: 2, columns: 3))
    case .transpose:
      let flipped = Matrix<Element>(rows: columns, columns: rows) { matrix[$1, $0] }
      return try body(flipped.view.transpose)
    case .transposedBlock:
      var around = Matrix<Element>(rows: columns + 1, columns: rows + 4, repeating: .nan)
      for i in 0..<rows { for j in 0..<columns { around[j + 1, i + 3] = matrix[i, j] } }
      return try body(around.view[1..<1 + columns, 3..<3 + rows].transpose)
    }
  }
}

/// Shapes with empty, thin, small and larger matrices.
let operandShapes = [(0, 0), (0, 3), (3, 0), (1, 1), (1, 9), (9, 1), (3, 5), (17, 33), (70, 65)]

/// Returns the elements of a matrix, computed by subscripts.
func listed<Element>(_ matrix: Matrix<Element>) -> [Element] {
  (0..<matrix.rows).flatMap { i in (0..<matrix.columns).map { matrix[i, $0] } }
}

/// Returns `condition`: the macro `#expect` does not know the precedence of operators such as `.*`.
func isTrue(_ condition: Bool) -> Bool { condition }
