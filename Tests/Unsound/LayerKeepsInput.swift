// Refused: lifetime-dependent variable 'input' escapes its scope
import LinearAlgebra
import NeuralNetwork

struct Keeper: CustomLayer {
  func forward(_ pass: borrowing LayerInputs, outputs: inout MutableMatrixView<Float>) {
    let input = pass.input
    keep { input[0, 0] }
  }

  func backward(
    _ pass: borrowing LayerInputs, outputs: MatrixView<Float>, outputGradients: MatrixView<Float>,
    inputGradients: inout MutableMatrixView<Float>
  ) {}
}

func keep(_ read: @escaping () -> Float) {}
