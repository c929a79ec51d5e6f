import Foundation
import LinearAlgebra
import NeuralNetwork
import Testing

/// The embedding of categories, and their loss.
@Suite struct CategoryTests {
  private static let categories = [3, 20, 1]
  /// Two numbers, the codes of three variables (one of them unknown in some rows), and another number.
  private static let input = Matrix<Float>(rows: 50, columns: 6) { row, column in
    switch column {
    case 2: Float(row % 4)
    case 3: Float(row * 7 % 21)
    case 4: Float(row % 2)
    default: Float(row) / 10 - Float(column)
    }
  }
  private static let network = Network(
    [CategoryEmbedding("embedding", categories: categories, firstColumn: 2)], inputWidth: 6)

  @Test func replacesCodesByVectors() throws {
    let network = Self.network
    #expect(network.outputWidth == 3 + 3 + 16 + 1)
    #expect(
      network.parameters.names == (0..<3).map { "embedding.\($0).weight" })
    let outputs = network(Self.input)
    for row in 0..<Self.input.rows {
      var expected = [0, 1, 5].map { Self.input[row, $0] }
      for variable in 0..<3 {
        let table = network.parameters[variable]
        #expect(table.rows == Self.categories[variable] + 1)
        expected += (0..<table.columns).map { table[Int(Self.input[row, 2 + variable]), $0] }
      }
      #expect(outputs[row, ...] == Matrix(row: expected))
    }
  }

  @Test(arguments: [1, 3], [50, 16])
  func sumsGradientsByCategory(threads: Int, capacity: Int) {
    let network = Self.network
    let (rows, width) = (Self.input.rows, network.outputWidth)
    let target = RandomStream(seed: 3).normal(rows: rows, columns: width)
    let workspace = Workspace(network, capacity: capacity, threads: threads)
    _ = workspace.forwardAndBackward(network, Self.input, target: target)
    let outputs = network(Self.input)
    var first = 3
    for variable in 0..<3 {
      let gradients = workspace.gradients[variable]
      for code in 0..<gradients.rows {
        for column in 0..<gradients.columns {
          var sum = 0.0
          for row in 0..<rows where Int(Self.input[row, 2 + variable]) == code {
            let error = Double(outputs[row, first + column]) - Double(target[row, first + column])
            sum += 2 * error / Double(rows * width)
          }
          #expect(abs(Double(gradients[code, column]) - sum) <= 1e-6)
        }
      }
      first += gradients.columns
    }
  }

  /// ∂L/∂input is that of the columns that are no codes.
  @Test func passesGradientsOfNumbersOn() throws {
    let network = Self.network
    let workspace = Workspace(network, capacity: 50)
    let gradients = RandomStream(seed: 4).normal(rows: 50, columns: network.outputWidth)
    _ = workspace.forward(network, Self.input)
    let back = try #require(
      workspace.backward(
        network, Self.input, outputGradients: gradients, wantsInputGradients: true))
    for row in 0..<50 {
      let expected = [gradients[row, 0], gradients[row, 1], 0, 0, 0, gradients[row, 2]]
      #expect(back[row, ...] == Matrix(row: expected))
    }
  }

  /// The formulas of `MixedLoss`, in `Double`.
  private static func loss(_ prediction: [Double], _ target: [Double]) -> Double {
    var sum = 0.0
    for j in 0..<2 where !target[j].isNaN { sum += pow(prediction[j] - target[j], 2) }
    for (variable, range) in [2..<5, 5..<6, 6..<10].enumerated() where !target[2 + variable].isNaN {
      let logits = Array(prediction[range])
      sum += log(logits.reduce(0) { $0 + exp($1) }) - logits[Int(target[2 + variable])]
    }
    return sum
  }

  @Test(
    arguments: [
      [0.5, -1, 2, 0, 3], [.nan, 2, 0, .nan, 1], [1, .nan, .nan, 0, .nan],
      [.nan, .nan, .nan, .nan, .nan],
    ] as [[Double]])
  func lossAndGradientMatchFormulas(_ target: [Double]) {
    let prediction = [0.3, 0.7, -1, 2, 0.5, 4, 3, -2, 0, 1]
    let (loss, gradients) = MixedLoss(numbers: 2, categories: [3, 1, 4]).mean(
      Matrix<Float>([prediction.map { Float($0) }]),
      target: Matrix<Float>([target.map { Float($0) }]))
    #expect(abs(loss - Self.loss(prediction, target) / 5) <= 1e-6)
    for index in prediction.indices {
      var (more, less) = (prediction, prediction)
      more[index] += 1e-4
      less[index] -= 1e-4
      let slope = (Self.loss(more, target) - Self.loss(less, target)) / 2e-4 / 5
      #expect(abs(Double(gradients[0, index]) - slope) <= 1e-6)
    }
  }

  /// A probability below the least `Float` still has a finite loss.
  @Test func lossOfUnlikelyCategoriesIsFinite() {
    let (loss, gradients) = MixedLoss(numbers: 0, categories: [2]).mean(
      Matrix<Float>([[1000, 0]]), target: Matrix<Float>([[1]]))
    #expect(loss == 1000)
    #expect(gradients == [[1, -1]])
  }
}
