// Refused: overlapping accesses to 'matrix'
import LinearAlgebra

func double(_ matrix: inout Matrix<Double>) {
  matrix += matrix.view
}
