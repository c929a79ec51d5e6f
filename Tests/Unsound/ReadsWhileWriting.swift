// Refused: overlapping accesses to 'matrix'
import LinearAlgebra

func copy(_ matrix: inout Matrix<Float>) {
  var view = matrix.mutableView
  let row = matrix.row(0)
  view[0, 0] = row[0]
}
