import Foundation
import LinearAlgebra
import NeuralNetwork
import Testing

/// User-defined layers and losses, and networks with an embedding.
@Suite struct OwnLayerTests {
  private static let input = RandomStream(seed: 5).normal(rows: 45, columns: 3)

  private static func silu(_ x: Float) -> (value: Float, derivative: Float) {
    let s = 1 / (1 + exp(-x))
    return (x * s, s + x * s * (1 - s))
  }

  private func network(_ activation: any Layer) -> Network {
    Network(
      [
        Linear("a", inputs: 3, outputs: 20), activation, Linear("b", inputs: 20, outputs: 8),
        activation, Linear("c", inputs: 8, outputs: 2),
      ], inputWidth: 3)
  }

  /// With the function of a built-in activation, outputs and gradients match up to rounding.
  @Test(arguments: everyEngine, [1, 2])
  func elementwiseMatchesTheActivation(_ engine: Engine, threads: Int) throws {
    let rows = Elementwise { x, values, derivatives in
      for i in x.indices { (values[i], derivatives[i]) = Self.silu(x[i]) }
    }
    let reference = network(Activation.silu)
    let gradient = RandomStream(seed: 6).normal(rows: 45, columns: 2)
    func passes(_ network: Network) throws -> (Matrix<Float>, Matrix<Float>, Parameters) {
      let workspace = Workspace(network, capacity: 45, engine: engine, threads: threads)
      let outputs = workspace.forward(network, Self.input)
      let inputs = try #require(
        workspace.backward(
          network, Self.input, outputGradients: gradient, wantsInputGradients: true))
      return (outputs, inputs, workspace.gradients)
    }
    let expected = try passes(reference)
    for activation in [rows, Elementwise(Self.silu)] {
      let network = network(activation)
      let found = try passes(network)
      #expect(found.0.isApproximatelyEqual(to: expected.0, absoluteTolerance: 1e-5))
      #expect(
        found.1.isApproximatelyEqual(
          to: expected.1, absoluteTolerance: 1e-5, relativeTolerance: 1e-4))
      #expect(
        found.2.flat.isApproximatelyEqual(
          to: expected.2.flat, absoluteTolerance: 1e-4, relativeTolerance: 1e-4))
      // Inference keeps no derivatives.
      #expect(
        network(Self.input, engine: engine).isApproximatelyEqual(
          to: found.0, absoluteTolerance: 1e-6))
    }
  }

  /// y = x M[c], with one matrix per condition.
  private struct Rotation: CustomLayer {
    let conditions: Int
    var parameters: [ParameterDeclaration] {
      [.matrix("rotation.weight", rows: 2 * conditions, columns: 2, initialRange: -1...1)]
    }
    var conditionCount: Int? { conditions }

    func forward(_ pass: borrowing LayerInputs, outputs: inout MutableMatrixView<Float>) {
      let m = pass.parameter(0)
      for r in 0..<outputs.rows {
        let c = 2 * Int(pass.conditions[r])
        for j in 0..<2 {
          outputs[r, j] = pass.input[r, 0] * m[c, j] + pass.input[r, 1] * m[c + 1, j]
        }
      }
    }

    func backward(
      _ pass: borrowing LayerInputs, outputs: MatrixView<Float>, outputGradients: MatrixView<Float>,
      inputGradients: inout MutableMatrixView<Float>
    ) {
      let m = pass.parameter(0)
      for r in 0..<outputGradients.rows {
        let c = 2 * Int(pass.conditions[r])
        for i in 0..<2 {
          inputGradients[r, i] =
            outputGradients[r, 0] * m[c + i, 0] + outputGradients[r, 1] * m[c + i, 1]
        }
      }
    }

    func parameterGradients(
      _ pass: borrowing LayerInputs, outputs: MatrixView<Float>, outputGradients: MatrixView<Float>,
      gradients: inout ParameterGradients
    ) {
      let units = gradients.units(of: 0)
      var sums = gradients.units(ofParameter: 0)
      for r in 0..<outputGradients.rows {
        let c = 2 * Int(pass.conditions[r])
        for i in 0..<2 where units.contains(c + i) {
          for j in 0..<2 {
            sums[c + i - units.lowerBound, j] += outputGradients[r, j] * pass.input[r, i]
          }
        }
      }
    }
  }

  /// The gradients of a layer with parameters and conditions match central differences, with the same
  /// bits for any number of threads and chunks.
  @Test func gradientsOfConditionalLayersMatchDifferences() throws {
    let network = Network(
      [
        Linear("a", inputs: 3, outputs: 2, activation: .softplus), Rotation(conditions: 40),
        Linear("b", inputs: 2, outputs: 2),
      ], inputWidth: 3)
    let conditions = (0..<45).map { Int32($0 * 7 % 40) }
    let target = RandomStream(seed: 7).normal(rows: 45, columns: 2)
    var results: [Parameters] = []
    for threads in [1, 2, 3] {
      let workspace = Workspace(network, capacity: 45, engine: .swift, threads: threads)
      _ = workspace.forwardAndBackward(network, Self.input, conditions: conditions, target: target)
      results.append(workspace.gradients)
    }
    #expect(results.allSatisfy { $0 == results[0] })
    func loss(_ network: Network) -> Double {
      SquaredError().mean(network(Self.input, conditions: conditions), target: target).loss
    }
    for (index, name) in network.parameters.names.enumerated() {
      for column in 0..<2 {
        var (ahead, behind) = (network, network)
        ahead.parameters[index][0, column] += 1e-2
        behind.parameters[index][0, column] -= 1e-2
        let slope = (loss(ahead) - loss(behind)) / 2e-2
        #expect(abs(Double(results[0][index][0, column]) - slope) < 1e-4, "\(name)")
      }
    }
  }

  /// A layer that accesses an undeclared parameter, which belongs to another layer.
  private struct Greedy: CustomLayer {
    func forward(_ pass: borrowing LayerInputs, outputs: inout MutableMatrixView<Float>) {
      outputs[0, 0] = pass.parameter(0)[0, 0]
    }

    func backward(
      _ pass: borrowing LayerInputs, outputs: MatrixView<Float>, outputGradients: MatrixView<Float>,
      inputGradients: inout MutableMatrixView<Float>
    ) {}
  }

  @Test(
    .enabled(
      if: ProcessInfo.processInfo.environment["LANGEVIN_EMULATED"] == nil,
      "exit tests do not run in the emulator"))
  func rejectsAccessToOtherLayersParameters() async {
    await #expect(processExitsWith: .failure) {
      let network = Network(
        [Greedy(), Linear("out", inputs: 3, outputs: 1)], inputWidth: 3)
      _ = network(Matrix<Float>(rows: 2, columns: 3))
    }
  }

  /// Columns of an embedding are added to the rows of their level, and gradients flow back to the layers
  /// of the embedding.
  @Test(arguments: everyEngine)
  func embeddingShiftMatchesItsDefinition(_ engine: Engine) throws {
    let network = Network(
      [
        Linear("a", inputs: 3, outputs: 4), EmbeddingShift(columns: 1..<5), Activation.silu,
        Linear("b", inputs: 4, outputs: 2), EmbeddingShift(columns: 6..<8),
      ], inputWidth: 3, embedding: [Linear("e", inputs: 6, outputs: 8)], featureWidth: 6)
    let features = RandomStream(seed: 8).normal(rows: 5, columns: 6)
    let levels = (0..<45).map { Int32($0 / 9) }
    let target = RandomStream(seed: 7).normal(rows: 45, columns: 2)
    // The expected outputs, by definition.
    var embedding = try Matrix.product(
      features, #require(network.parameters["e.weight"]), transposeB: true)
    embedding += .eachRow(try #require(network.parameters["e.bias"]))
    let rows = embedding.rows(at: levels.map { Int($0) })
    var hidden = try Matrix.product(
      Self.input, #require(network.parameters["a.weight"]), transposeB: true)
    hidden += .eachRow(try #require(network.parameters["a.bias"]))
    hidden = (hidden + rows.columns(1..<5)).map { Self.silu($0).value }
    var expected = try Matrix.product(
      hidden, #require(network.parameters["b.weight"]), transposeB: true)
    expected += .eachRow(try #require(network.parameters["b.bias"]))
    expected += rows.columns(6..<8)
    let outputs = network(Self.input, conditions: levels, features: features, engine: engine)
    #expect(
      outputs.isApproximatelyEqual(to: expected, absoluteTolerance: 1e-5, relativeTolerance: 1e-4))

    let workspace = Workspace(network, capacity: 45, engine: engine)
    _ = workspace.forwardAndBackward(
      network, Self.input, conditions: levels, features: features, target: target)
    func loss(_ network: Network) -> Double {
      SquaredError().mean(
        network(Self.input, conditions: levels, features: features, engine: engine), target: target
      ).loss
    }
    for (name, unit) in [("e.weight", 2), ("e.weight", 7), ("e.weight", 0), ("a.weight", 1)] {
      var (ahead, behind) = (network, network)
      ahead.parameters[name]?[unit, 1] += 1e-2
      behind.parameters[name]?[unit, 1] -= 1e-2
      let slope = (loss(ahead) - loss(behind)) / 2e-2
      let gradient = workspace.gradients[name]?[unit, 1] ?? .nan
      #expect(abs(Double(gradient) - slope) < 1e-4, "\(name), \(unit)")
    }
  }

  /// √(e² + 1) - 1.
  private struct PseudoHuber: Loss {
    func evaluate(
      prediction: Span<Float>, target: Span<Float>, gradient: inout MutableSpan<Float>
    ) -> Double {
      var sum = 0.0
      for j in prediction.indices {
        let error = prediction[j] - target[j]
        let root = (error * error + 1).squareRoot()
        gradient[j] = error / root
        sum += Double(root - 1)
      }
      return sum
    }
  }

  @Test func customLossMatchesItsWeightedMean() {
    let (prediction, target) = (
      RandomStream(seed: 1).normal(rows: 7, columns: 3),
      RandomStream(seed: 2).normal(rows: 7, columns: 3)
    )
    let weights = Matrix<Float>(rows: 7, columns: 1) { row, _ in Float(row) }
    let (loss, gradients) = PseudoHuber().mean(prediction, target: target, weights: weights)
    var expected = 0.0
    for r in 0..<7 {
      for c in 0..<3 {
        let e = Double(prediction[r, c]) - Double(target[r, c])
        let root = (e * e + 1).squareRoot()
        expected += Double(r) * (root - 1) / 21
        #expect(abs(Double(gradients[r, c]) - Double(r) * e / root / 21) < 1e-6)
      }
    }
    #expect(abs(loss - expected) < 1e-6)
    // The combined pass gives the same gradients as the two passes one after the other.
    let network = network(Activation.gelu)
    let targets = RandomStream(seed: 3).normal(rows: 45, columns: 2)
    let workspace = Workspace(network, capacity: 45, engine: .swift)
    let outputs = workspace.forward(network, Self.input)
    let (value, outer) = PseudoHuber().mean(outputs, target: targets)
    workspace.backward(network, Self.input, outputGradients: outer)
    let apart = workspace.gradients
    let both = workspace.forwardAndBackward(
      network, Self.input, target: targets, loss: PseudoHuber())
    #expect(both == value && workspace.gradients == apart)
  }
}
