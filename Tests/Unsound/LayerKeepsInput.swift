// Refused: lifetime-dependent variable 'input' escapes its scope
import LinearAlgebra
import NeuralNetwork

struct Keeper: CustomLayer {
  func forward(_ pass: borrowing LayerInputs, outputs: inout MutableMatrixView) {
    let input = pass.input
    keep { input[0, 0] }
  }

  func backward(
    _ pass: borrowing LayerInputs, outputs: MatrixView, outputGradients: MatrixView,
    inputGradients: inout MutableMatrixView
  ) {}
}

func keep(_ read: @escaping () -> Float) {}
