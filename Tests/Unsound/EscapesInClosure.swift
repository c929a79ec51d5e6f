// Refused: lifetime-dependent variable 'view' escapes its scope
import LinearAlgebra

func reader(_ matrix: Matrix<Float>) -> () -> Float {
  let view = matrix.view
  return { view[0, 0] }
}
