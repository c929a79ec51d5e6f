// Accepted: correct versions of the mistakes in the other files of this folder.
import LinearAlgebra

func work(_ matrix: inout Matrix<Float>, _ other: Matrix<Float>) -> Float {
  var view = matrix.mutableView
  view[0, 0] = other.view[0, 0]
  view.copy(other.view)
  var firstRow = view.rows(0..<1)
  firstRow.fill(2)
  let span = other.view.columns(0..<1).row(0)
  return span[0] + Matrix<Float>(other.view.rows(0..<1))[0, 0] + other.elements[0]
}
