// Refused: overlapping accesses to 'matrix'
import LinearAlgebra

func sum(_ matrix: inout Matrix<Float>) -> Float {
  let column = matrix.column(0)
  matrix[0, 0] = 1
  return column[0, 0]
}
