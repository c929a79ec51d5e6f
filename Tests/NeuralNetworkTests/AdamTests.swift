import LinearAlgebra
import NeuralNetwork
import Testing

/// Several steps of the optimizer, compared with the formulas of the paper in `Double`.
@Suite struct AdamTests {
  private let layout = ParameterLayout([
    .matrix("a", rows: 3, columns: 7, initialRange: -1...1),
    .vector("b", count: 5, initialRange: -1...1),
  ])

  /// Returns gradients that include values near ε, where it matters.
  private func gradients(_ step: Int) -> Parameters {
    var gradients = Parameters(zeros: layout)
    for index in 0..<2 {
      let shape = layout.declarations[index]
      let noise = RandomStream(seed: 9, stream: UInt64(2 * step + index))
        .normal(rows: shape.rows, columns: shape.columns)
      gradients[index] = Matrix<Float>(rows: shape.rows, columns: shape.columns) { row, column in
        noise[row, column] * [1, 1e-3, 1e-8, 1e-10, 0][column % 5]
      }
    }
    return gradients
  }

  @Test(arguments: everyEngine, [1, 0.5] as [Float])
  func stepsMatchTheFormulas(_ engine: Engine, gradientScale: Float) {
    var parameters = Parameters(initial: layout) { RandomStream(seed: 1, stream: UInt64($0)) }
    var adam = Adam(Parameters(zeros: layout), learningRate: 0.01)
    var expected = (0..<2).map { doubles(parameters[$0]) }
    var first = expected.map { $0.map { _ in 0.0 } }
    var second = first
    for step in 1...20 {
      let gradients = gradients(step)
      adam.update(
        &parameters, gradients: gradients, gradientScale: gradientScale, engine: engine)
      var (power1, power2) = (1.0, 1.0)
      for _ in 0..<step { (power1, power2) = (power1 * 0.9, power2 * 0.999) }
      for index in 0..<2 {
        for (i, gradient) in doubles(gradients[index]).enumerated() {
          let g = Double(gradientScale) * gradient
          first[index][i] = 0.9 * first[index][i] + 0.1 * g
          second[index][i] = 0.999 * second[index][i] + 0.001 * g * g
          expected[index][i] -=
            0.01 * (first[index][i] / (1 - power1))
            / ((second[index][i] / (1 - power2)).squareRoot() + 1e-8)
        }
      }
    }
    #expect(adam.steps == 20)
    for index in 0..<2 {
      for (found, expected) in zip(doubles(parameters[index]), expected[index]) {
        #expect(abs(found - expected) < 1e-6)
      }
    }
  }

  @Test func resumeMatchesUninterruptedRun() {
    var whole = Adam(Parameters(zeros: layout))
    var parameters = Parameters(initial: layout) { RandomStream(seed: 1, stream: UInt64($0)) }
    for step in 0..<3 { whole.update(&parameters, gradients: gradients(step)) }
    var again = Adam(
      steps: whole.steps, firstMoments: whole.firstMoments, secondMoments: whole.secondMoments)
    var copy = parameters
    whole.update(&parameters, gradients: gradients(3))
    #expect(copy != parameters)
    again.update(&copy, gradients: gradients(3))
    #expect(copy == parameters)
    #expect(again.secondMoments == whole.secondMoments)
  }
}
