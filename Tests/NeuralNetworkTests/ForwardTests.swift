import LangevinThreading
import LinearAlgebra
import NeuralNetwork
import Testing

/// The outputs of networks, and the buffers of their passes.
@Suite struct ForwardTests {
  @Test(arguments: GradientTests.cases)
  func outputsMatchTheFormulas(_ reference: ReferenceNetwork) {
    let network = reference.network
    let input = RandomStream(seed: 1).normal(rows: reference.rows, columns: reference.inputs)
    let (conditions, features) = (reference.conditions, reference.features)
    let parameters = network.parameters
    let expected = reference.outputs(
      parameters.names.indices.map { doubles(parameters[$0]) }, doubles(input),
      conditions: conditions)
    for engine in everyEngine {
      let outputs = network(
        input, conditions: conditions, features: features, engine: engine)
      #expect(outputs.rows == reference.rows && outputs.columns == network.outputWidth)
      let error = zip(doubles(outputs), expected).reduce(0) { max($0, abs($1.0 - $1.1)) }
      let scale = expected.reduce(0) { max($0, abs($1)) }
      #expect(error <= 1e-6 * scale, "\(engine)")
      // Passes that keep buffers for the backward pass and divide the rows give the same result.
      let workspace = Workspace(
        network, capacity: 40, engine: engine, pool: ThreadPool(threads: 2))
      let kept = workspace.forward(network, input, conditions: conditions, features: features)
      #expect(kept == outputs, "\(engine)")
    }
  }

  /// If two buffers serve all layers, the narrow rows of one layer must not overwrite wide rows that
  /// another thread still needs.
  @Test(arguments: [2, 3, 5])
  func threadsShareInference(threads: Int) {
    let network = ReferenceNetwork(
      inputs: 2, parts: [.linear(128), .softplus, .linear(64), .softplus, .linear(2)], rows: 0
    ).network
    let input = RandomStream(seed: 1).normal(rows: 128, columns: 2)
    let workspace = Workspace(
      network, capacity: 128, purpose: .inference, engine: .swift,
      pool: ThreadPool(threads: threads))
    let alone = network(input, engine: .swift)
    for _ in 0..<100 { #expect(workspace.forward(network, input) == alone) }
  }

  /// A smaller batch is not affected by the previous one.
  @Test(arguments: everyEngine)
  func batchesAreIndependent(_ engine: Engine) {
    let reference = ReferenceNetwork(
      inputs: 3, parts: [.conditional(17), .softplus, .linear(3)], rows: 11)
    let network = reference.network
    let workspace = Workspace(network, capacity: 11, engine: engine)
    func gradients(rows: Int, in workspace: Workspace) -> Parameters {
      let input = RandomStream(seed: 1).normal(rows: rows, columns: 3)
      let conditions = (0..<rows).map { Int32($0 % 2) }
      let output = workspace.forward(network, input, conditions: conditions)
      workspace.backward(network, input, conditions: conditions, outputGradients: output)
      return workspace.gradients
    }
    let large = gradients(rows: 11, in: workspace)
    let small = gradients(rows: 4, in: workspace)
    #expect(small == gradients(rows: 4, in: Workspace(network, capacity: 4, engine: engine)))
    // Gradients read earlier are not changed by a later pass.
    #expect(large != small)
    #expect(large == gradients(rows: 11, in: workspace))
  }

  /// The output of a row does not depend on the other rows.
  @Test(arguments: Engine.availableInstructionSets.map { Engine(.swift, instructionSet: $0) })
  func rowsAreIndependent(_ engine: Engine) {
    let network = ReferenceNetwork(
      inputs: 2, parts: [.conditional(33), .softplus, .linear(2)], rows: 0
    ).network
    let input = RandomStream(seed: 1).normal(rows: 13, columns: 2)
    let conditions = (0..<13).map { Int32($0 % 3) }
    let whole = network(input, conditions: conditions, engine: engine)
    for row in 0..<13 {
      let single = network(
        input.rows(row..<row + 1), conditions: [conditions[row]], engine: engine)
      #expect(single == whole.rows(row..<row + 1))
    }
  }

  @Test(arguments: everyEngine)
  func acceptsZeroRows(_ engine: Engine) {
    let network = ReferenceNetwork(
      inputs: 2, parts: [.conditional(5), .softplus, .linear(2)], rows: 0
    ).network
    let outputs = network(Matrix<Float>(rows: 0, columns: 2), engine: engine)
    #expect(outputs.rows == 0 && outputs.columns == 2)
  }

  @Test func activationsAreMergedIntoLinearLayers() {
    let network = Network(
      [
        Linear("a", inputs: 2, outputs: 3), Activation.softplus,
        ConditionalLinear("b", inputs: 3, outputs: 4, conditions: 5), Activation.gelu,
        Activation.softplus,
      ], inputWidth: 2)
    #expect(network.widths == [3, 4, 4])
    let merged = Linear("a", inputs: 2, outputs: 3, activation: .softplus)
    #expect(network.layers[0] as? Linear == merged)
    #expect((network.layers[1] as? ConditionalLinear)?.activation == .gelu)
    #expect(network.layers[2] as? Activation == .softplus)
    #expect(network.conditionCount == 5)
    #expect(network.outputWidth == 4)
    #expect(network.operationsPerRow == 2 * (2 * 3 + 3 * 4))
    #expect(
      network.parameters.names
        == ["a.weight", "a.bias", "b.lin.weight", "b.lin.bias", "b.embed.weight"])
  }
}
