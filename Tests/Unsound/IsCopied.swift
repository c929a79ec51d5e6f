// Refused: 'copy' cannot be applied to noncopyable types
import LinearAlgebra

func split(_ matrix: inout Matrix<Float>) {
  let view = matrix.mutableView
  let other = copy view
  _ = other
}
