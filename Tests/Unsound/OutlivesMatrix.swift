// Refused: lifetime-dependent variable 'view' escapes its scope
import LinearAlgebra

func read() -> Float {
  let view: MatrixView<Float>
  do {
    let matrix = Matrix<Float>(rows: 2, columns: 2)
    view = matrix.view
  }
  return view[0, 0]
}
