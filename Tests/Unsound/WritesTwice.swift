// Refused: overlapping accesses to 'matrix'
import LinearAlgebra

func write(_ matrix: inout Matrix<Float>) {
  var first = matrix.mutableView
  var second = matrix.mutableView
  first[0, 0] = 1
  second[0, 0] = 2
}
