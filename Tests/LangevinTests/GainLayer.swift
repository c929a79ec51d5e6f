import LinearAlgebra
import NeuralNetwork

/// y = x ⊙ g with a learned g.
struct Gain: CustomLayer {
  let name: String
  let width: Int

  var parameters: [ParameterDeclaration] {
    [.vector("\(name).gain", count: width, initialRange: 0.5...1.5)]
  }

  func forward(_ pass: borrowing LayerInputs, outputs: inout MutableMatrixView) {
    let gain = pass.parameter(0).row(0)
    for row in 0..<outputs.rows {
      let x = pass.input.row(row)
      var y = outputs.mutableRow(row)
      for i in x.indices { y[i] = x[i] * gain[i] }
    }
  }

  /// ∂L/∂x = ∂L/∂y ⊙ g
  func backward(
    _ pass: borrowing LayerInputs, outputs: MatrixView, outputGradients: MatrixView,
    inputGradients: inout MutableMatrixView
  ) {
    let gain = pass.parameter(0).row(0)
    for row in 0..<outputGradients.rows {
      let dy = outputGradients.row(row)
      var dx = inputGradients.mutableRow(row)
      for i in dy.indices { dx[i] = dy[i] * gain[i] }
    }
  }

  /// ∂L/∂g = Σ_rows ∂L/∂y ⊙ x, for the elements of g that are this call's
  func parameterGradients(
    _ pass: borrowing LayerInputs, outputs: MatrixView, outputGradients: MatrixView,
    gradients: inout ParameterGradients
  ) {
    let units = gradients.units(of: 0)
    var sums = gradients.units(ofParameter: 0)
    for row in 0..<outputGradients.rows {
      for unit in units {
        sums[0, unit - units.lowerBound] += outputGradients[row, unit] * pass.input[row, unit]
      }
    }
  }
}
