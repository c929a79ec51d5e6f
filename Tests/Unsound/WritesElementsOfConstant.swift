// Refused: cannot use mutating getter on immutable value
import LinearAlgebra

func fill(_ matrix: Matrix<Float>) {
  var elements = matrix.mutableElements
  elements[0] = 0
}
