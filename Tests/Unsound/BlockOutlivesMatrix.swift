// Refused: lifetime-dependent variable 'block' escapes its scope
import LinearAlgebra

func read() -> Double {
  let block: MatrixView<Double>
  do {
    let matrix = Matrix<Double>(rows: 2, columns: 2)
    block = matrix.view[0..<1, ...].transpose
  }
  return block[0, 0]
}
