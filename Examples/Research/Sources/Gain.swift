import LinearAlgebra
import NeuralNetwork

/// y = x ⊙ g with a learned g.
struct Gain: CustomLayer {
  let name: String, width: Int
  var parameters: [ParameterDeclaration] {
    [.vector("\(name).gain", count: width, initialRange: 0.5...1.5)]
  }

  func forward(_ pass: borrowing LayerInputs, outputs: inout MutableMatrixView<Float>) {
    scale(pass.input, by: pass.parameter(0), to: &outputs)
  }

  func backward(
    _ pass: borrowing LayerInputs, outputs: MatrixView<Float>, outputGradients: MatrixView<Float>,
    inputGradients: inout MutableMatrixView<Float>
  ) { scale(outputGradients, by: pass.parameter(0), to: &inputGradients) }

  func parameterGradients(
    _ pass: borrowing LayerInputs, outputs: MatrixView<Float>, outputGradients: MatrixView<Float>,
    gradients: inout ParameterGradients
  ) {
    let units = gradients.units(of: 0)
    var sums = gradients.units(ofParameter: 0)
    for r in 0..<outputGradients.rows {
      for c in units { sums[0, c - units.lowerBound] += outputGradients[r, c] * pass.input[r, c] }
    }
  }

  private func scale(
    _ x: MatrixView<Float>, by gain: MatrixView<Float>, to y: inout MutableMatrixView<Float>
  ) {
    for r in 0..<x.rows { for c in 0..<width { y[r, c] = x[r, c] * gain[0, c] } }
  }
}
