import LangevinThreading
import LinearAlgebra
import Testing

@testable import NeuralNetwork

/// Non-finite gradients leave the training state unchanged.
@Suite struct NonFiniteTests {
  @Test(arguments: [Float.nan, .infinity, -.infinity], [1, 3])
  func skipsTheStep(_ number: Float, threads: Int) {
    let problem = TrainingProblem(widths: [17, 5], rows: 13)
    let workspace = Workspace(
      problem.network, capacity: 13, engine: .swift, pool: ThreadPool(threads: threads))
    let error = LossPass(capacity: 13)
    func gradients(_ network: Network) {
      problem.withBatch { input, conditions, _, target in
        _ = error.loss(target) {
          workspace.forwardAndBackward(network, input, conditions: conditions, loss: error)
        }
      }
    }
    var network = problem.network
    var adam = Adam(network.parameters)
    var average: ExponentialMovingAverage? = ExponentialMovingAverage(
      network.parameters, decay: 0.9)
    gradients(network)
    #expect(workspace.gradients.firstNonFinite == nil)
    #expect(
      workspace.update(&network.parameters, by: &adam, maximumNorm: 1, average: &average).isFinite)
    let (oldNetwork, oldAdam, oldAverage) = (network, adam, average)

    var broken = network
    broken.parameters[broken.parameters.names.count - 1] = Matrix<Float>(rows: 1, columns: 2) {
      _, column in
      column == 0 ? number : 0
    }
    gradients(broken)
    let norm = workspace.update(
      &network.parameters, by: &adam, maximumNorm: 1, average: &average)
    #expect(!norm.isFinite)
    #expect(workspace.gradients.firstNonFinite == "hidden0.lin.weight")
    #expect(network.parameters == oldNetwork.parameters)
    #expect(adam.steps == oldAdam.steps && adam.firstMoments == oldAdam.firstMoments)
    #expect(adam.secondMoments == oldAdam.secondMoments)
    #expect(average == oldAverage)
  }

  /// Names the first parameter in the order of the layout, wherever the number lies in it.
  @Test(arguments: [("a", 0, 20), ("b", 1, 0), ("b", 1, 4)])
  func namesTheFirstNonFiniteParameter(_ name: String, index: Int, element: Int) {
    let layout = ParameterLayout([
      .matrix("a", rows: 3, columns: 7, initialRange: -1...1),
      .vector("b", count: 5, initialRange: -1...1),
    ])
    var parameters = Parameters(initial: layout) { RandomStream(seed: 1, stream: UInt64($0)) }
    #expect(parameters.firstNonFinite == nil)
    var matrix = parameters[index]
    matrix[element / matrix.columns, element % matrix.columns] = .nan
    parameters[index] = matrix
    #expect(parameters.firstNonFinite == name)
  }
}
