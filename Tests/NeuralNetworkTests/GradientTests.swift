import LangevinThreading
import LinearAlgebra
import NeuralNetwork
import Testing

/// The hand-written backward passes, compared with central differences of the forward formulas in
/// `Double`.
@Suite struct GradientTests {
  static let cases = [
    ReferenceNetwork(inputs: 3, parts: [.linear(5)], rows: 4),
    ReferenceNetwork(inputs: 1, parts: [.linear(33), .softplus], rows: 17),
    ReferenceNetwork(inputs: 7, parts: [.conditional(5)], rows: 9),
    ReferenceNetwork(inputs: 3, parts: [.conditional(33), .softplus], rows: 13),
    ReferenceNetwork(inputs: 7, parts: [.conditional(100), .softplus], rows: 1),
    ReferenceNetwork(inputs: 5, parts: [.softplus], rows: 3),
    ReferenceNetwork(inputs: 3, parts: [.linear(5), .softplus, .softplus], rows: 5),
    ReferenceNetwork(inputs: 3, parts: [.softplus, .linear(4), .linear(2)], rows: 5),
    ReferenceNetwork(
      inputs: 1, parts: [.conditional(5), .softplus, .conditional(5), .softplus, .linear(1)],
      rows: 7, conditionCount: 1),
    ReferenceNetwork(
      inputs: 7, parts: [.conditional(33), .softplus, .conditional(16), .softplus, .linear(7)],
      rows: 21),
    ReferenceNetwork(
      inputs: 2, parts: [.conditional(100), .softplus, .linear(33), .softplus, .conditional(3)],
      rows: 2, conditionCount: 50),
    ReferenceNetwork(inputs: 1, parts: [.linear(33), .silu], rows: 17),
    ReferenceNetwork(inputs: 3, parts: [.conditional(20), .gelu, .silu, .gelu], rows: 5),
    ReferenceNetwork(inputs: 3, parts: [.silu, .linear(4), .gelu, .conditional(2)], rows: 5),
    // Residual networks with one level, with groups of three rows, and with one row per level.
    ReferenceNetwork(
      inputs: 2, parts: [.residual(width: 5, blocks: 1, features: 1)], rows: 7,
      conditionCount: 1),
    ReferenceNetwork(
      inputs: 3, parts: [.residual(width: 4, blocks: 2, features: 3, activation: .softplus)],
      rows: 9),
    ReferenceNetwork(
      inputs: 2, parts: [.residual(width: 20, blocks: 3, features: 7)], rows: 15,
      conditionCount: 5),
    ReferenceNetwork(
      inputs: 1, parts: [.residual(width: 20, blocks: 2, features: 6, activation: .gelu)], rows: 13,
      conditionCount: 13),
    ReferenceNetwork(
      inputs: 2, parts: [.residual(width: 17, blocks: 2, features: 2, activation: .identity)],
      rows: 6),
    ReferenceNetwork(
      inputs: 5, parts: [.residual(width: 33, blocks: 2, features: 4, outputs: 5)], rows: 27,
      conditionCount: 8),
    ReferenceNetwork(
      inputs: 2, parts: [.residual(width: 128, blocks: 1, features: 3, outputs: 1)], rows: 5,
      conditionCount: 2),
    // Positional encodings of the input, and of the output of a layer.
    ReferenceNetwork(
      inputs: 2, parts: [.residual(width: 20, blocks: 2, features: 3, octaves: 4)], rows: 9),
    ReferenceNetwork(
      inputs: 1, parts: [.residual(width: 5, blocks: 1, features: 2, octaves: 1)], rows: 4),
    ReferenceNetwork(
      inputs: 5,
      parts: [.residual(width: 20, blocks: 2, features: 3, octaves: 2, plainColumns: 3)], rows: 9),
    ReferenceNetwork(
      inputs: 2,
      parts: [.residual(width: 5, blocks: 1, features: 2, octaves: 1, plainColumns: 2)], rows: 4),
    ReferenceNetwork(
      inputs: 3, parts: [.conditional(4), .softplus, .waves(2), .linear(2)], rows: 7),
    ReferenceNetwork(inputs: 2, parts: [.waves(3)], rows: 5),
  ]

  /// L = Σ cᵢ outputᵢ for random c, whose gradients cover those of any loss.
  private struct Problem {
    let reference: ReferenceNetwork
    let network: Network
    let input: Matrix<Float>
    let conditions: [Int32]
    let weights: Matrix<Float>
    /// The parameters, then the input.
    let variables: [[Double]]

    init(_ reference: ReferenceNetwork) {
      self.reference = reference
      network = reference.network
      let rows = reference.rows
      input = RandomStream(seed: 1).normal(rows: rows, columns: reference.inputs)
      conditions = reference.conditions
      weights = RandomStream(seed: 2).normal(rows: rows, columns: network.outputWidth)
      let parameters = network.parameters
      variables = parameters.names.indices.map { doubles(parameters[$0]) } + [doubles(input)]
    }

    func loss(_ variables: [[Double]]) -> Double {
      let outputs = reference.outputs(
        variables.dropLast(), variables[variables.count - 1], conditions: conditions)
      return zip(outputs, doubles(weights)).reduce(0) { $0 + $1.0 * $1.1 }
    }

    /// Returns dL/dε of `variables + ε direction` at ε = 0.
    func slope(_ direction: [[Double]]) -> Double {
      let step = 1e-5
      func moved(_ factor: Double) -> [[Double]] {
        zip(variables, direction).map { zip($0, $1).map { $0 + factor * $1 } }
      }
      return (loss(moved(step)) - loss(moved(-step))) / (2 * step)
    }

    /// Returns the gradients that the package computes for the parameters and the input.
    func gradients(_ engine: Engine, threads: Int = 1, capacity: Int? = nil) -> [[Double]] {
      let workspace = Workspace(
        network, capacity: capacity ?? reference.rows, engine: engine,
        pool: ThreadPool(threads: threads))
      let features = reference.features
      _ = workspace.forward(network, input, conditions: conditions, features: features)
      let inputGradients = workspace.backward(
        network, input, conditions: conditions, features: features, outputGradients: weights,
        wantsInputGradients: true)
      let parameters = workspace.gradients
      return parameters.names.indices.map { doubles(parameters[$0]) }
        + [inputGradients.map(doubles) ?? []]
    }
  }

  /// Tests single elements of each parameter and of the input.
  @Test(arguments: cases)
  func elementsMatchDifferences(_ reference: ReferenceNetwork) {
    let problem = Problem(reference)
    let computed = everyEngine.map { problem.gradients($0) }
    for (number, variable) in problem.variables.enumerated() {
      // Every element of a small variable, some of a large one.
      for element in stride(from: 0, to: variable.count, by: max(1, variable.count / 7)) {
        var direction = problem.variables.map { [Double](repeating: 0, count: $0.count) }
        direction[number][element] = 1
        let expected = problem.slope(direction)
        for (engine, gradients) in zip(everyEngine, computed) {
          let scale = gradients[number].reduce(1e-3) { max($0, abs($1)) }
          #expect(
            abs(gradients[number][element] - expected) <= 3e-6 * scale,
            "variable \(number), element \(element), \(engine)")
        }
      }
    }
  }

  /// Tests all elements at once, along random directions.
  @Test(arguments: cases)
  func directionsMatchDifferences(_ reference: ReferenceNetwork) {
    let problem = Problem(reference)
    let computed = everyEngine.map { problem.gradients($0) }
    for seed in 3..<6 {
      let direction = problem.variables.enumerated().map { number, variable in
        doubles(
          RandomStream(seed: UInt64(seed), stream: UInt64(number))
            .normal(rows: 1, columns: variable.count))
      }
      let expected = problem.slope(direction)
      for (engine, gradients) in zip(everyEngine, computed) {
        var slope = 0.0
        var scale = 0.0
        for (gradient, part) in zip(gradients, direction) {
          for (g, d) in zip(gradient, part) {
            slope += g * d
            scale += abs(g * d)
          }
        }
        #expect(abs(slope - expected) <= 1e-6 * scale, "\(engine)")
      }
    }
  }

  /// The bits are the same for any division of the work, and in a workspace for more rows.
  @Test(arguments: cases)
  func resultsDoNotDependOnThreads(_ reference: ReferenceNetwork) {
    let problem = Problem(reference)
    for engine in everyEngine {
      let one = problem.gradients(engine)
      for threads in [2, 3, 5] {
        #expect(problem.gradients(engine, threads: threads, capacity: 40) == one, "\(engine)")
      }
    }
  }
}
