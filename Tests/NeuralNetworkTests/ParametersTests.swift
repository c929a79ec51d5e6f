import LinearAlgebra
import NeuralNetwork
import Testing

/// Names, shapes, positions, and initial values of parameters.
@Suite struct ParametersTests {
  private let network = Network(
    [
      ConditionalLinear("a", inputs: 3, outputs: 50, conditions: 7),
      Linear("b", inputs: 50, outputs: 3),
    ], inputWidth: 3)

  @Test func initialValuesFillTheirRange() {
    let bounds: [String: (Float, Float)] = [
      "a.lin.weight": (-0.5774, 0.5774), "a.lin.bias": (-0.5774, 0.5774),
      "a.embed.weight": (0, 1), "b.weight": (-0.1415, 0.1415), "b.bias": (-0.1415, 0.1415),
    ]
    #expect(Set(network.parameters.names) == Set(bounds.keys))
    for (name, (low, high)) in bounds {
      let values = network.parameters[name].map(doubles) ?? []
      #expect(values.allSatisfy { $0 >= Double(low) && $0 <= Double(high) }, "\(name)")
      // The values are not concentrated in part of the range: the mean is within 5 standard errors of
      // the middle.
      let mean = values.reduce(0, +) / Double(values.count)
      let error = Double(high - low) / (12 * Double(values.count)).squareRoot()
      #expect(abs(mean - Double(low + high) / 2) < 5 * error, "\(name)")
    }
  }

  @Test func storesEachParameterSeparately() {
    var parameters = network.parameters
    let copy = parameters
    for index in parameters.names.indices {
      let old = parameters[index]
      parameters[index] = Matrix<Float>(
        rows: old.rows, columns: old.columns, repeating: Float(index))
    }
    for (index, name) in parameters.names.enumerated() {
      #expect(doubles(parameters[index]).allSatisfy { $0 == Double(index) })
      #expect(parameters[name] == parameters[index])
      #expect(copy[index] == network.parameters[index])
    }
    #expect(parameters["c"] == nil)
    #expect(parameters.layout.parameterCount == 703)
    let shapes = [[50, 3], [50], [7, 50], [3, 50], [3]]
    #expect(parameters.layout.declarations.map(\.shape) == shapes)
    // The gaps between parameters do not contribute to the norm.
    let norm = Double(50 + 350 * 4 + 150 * 9 + 3 * 16).squareRoot()
    #expect(abs(parameters.norm() - norm) < 1e-4)
  }

  @Test(arguments: [(0.0, 1.0), (0.5, 1.0), (1.0, 0.999999), (4.0, 0.25)])
  func clippingMatchesPyTorch(norm: Double, scale: Double) {
    #expect(abs(GradientClipping.scale(norm: norm, maximum: 1) - scale) < 1e-6)
    #expect(GradientClipping.scale(norm: .nan, maximum: 1).isNaN)
  }

  /// Compares with the mean of squares and its derivative in `Double`.
  @Test func squaredErrorMatchesTheFormula() {
    let prediction = RandomStream(seed: 1).normal(rows: 3, columns: 5)
    let target = RandomStream(seed: 2).normal(rows: 3, columns: 5)
    let (loss, gradients) = SquaredError().mean(prediction, target: target)
    let differences = zip(doubles(prediction), doubles(target)).map { $0 - $1 }
    #expect(abs(loss - differences.reduce(0) { $0 + $1 * $1 } / 15) < 1e-6)
    for (gradient, difference) in zip(doubles(gradients), differences) {
      #expect(abs(gradient - 2 * difference / 15) < 1e-7)
    }
  }

  /// The weights of rows apply to the loss and its gradients.
  @Test func squaredErrorIsWeightedByRows() {
    let prediction = RandomStream(seed: 1).normal(rows: 3, columns: 5)
    let target = RandomStream(seed: 2).normal(rows: 3, columns: 5)
    let weights: [Double] = [0.5, 0, 3]
    let (loss, gradients) = SquaredError().mean(
      prediction, target: target,
      weights: Matrix<Float>(rows: 3, columns: 1) { row, _ in Float(weights[row]) })
    let differences = zip(doubles(prediction), doubles(target)).map { $0 - $1 }
    var expected = 0.0
    for (i, gradient) in doubles(gradients).enumerated() {
      expected += weights[i / 5] * differences[i] * differences[i] / 15
      #expect(abs(gradient - 2 * weights[i / 5] * differences[i] / 15) < 1e-6)
    }
    #expect(abs(loss - expected) < 1e-6)
  }
}
