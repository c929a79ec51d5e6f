import LangevinThreading
import LinearAlgebra
import NeuralNetwork
import Testing

/// Batches without rows.
@Suite struct EmptyBatchTests {
  @Test(arguments: GradientTests.cases, everyEngine)
  func acceptsZeroRows(_ reference: ReferenceNetwork, _ engine: Engine) {
    let network = reference.network
    let input = Matrix<Float>(rows: 0, columns: reference.inputs)
    let features = reference.features
    let outputs = network(input, conditions: [], features: features, engine: engine)
    #expect(outputs == Matrix<Float>(rows: 0, columns: network.outputWidth))
    let workspace = Workspace(
      network, capacity: 0, engine: engine, pool: ThreadPool(threads: 2))
    let kept = workspace.forward(network, input, conditions: [], features: features)
    #expect(kept == outputs)
  }

  @Test func lossOfZeroRowsIsNaNOrZero() {
    let none = Matrix<Float>(rows: 0, columns: 2)
    let (loss, gradients) = SquaredError().mean(none, target: none)
    #expect(loss.isNaN || loss == 0)
    #expect(gradients == none)
  }
}
