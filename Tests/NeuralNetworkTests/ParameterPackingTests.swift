import LangevinThreading
import LinearAlgebra
import Testing

@testable import NeuralNetwork

/// Each pass packs the parameters again unless they are declared unchanged.
@Suite struct ParameterPackingTests {
  private let problem = TrainingProblem(widths: [33, 70], rows: 45)

  private func outputs(
    _ network: Network, rows: Int, parametersUnchanged: Bool, in workspace: Workspace
  ) -> Matrix<Float> {
    var outputs = Matrix<Float>(rows: rows, columns: 2)
    problem.withBatch(rows: rows) { input, conditions, _, _ in
      outputs.withMutableHandle {
        $0.copy(
          workspace.forward(
            network, input, conditions: conditions, parametersUnchanged: parametersUnchanged))
      }
    }
    return outputs
  }

  private func expected(_ network: Network, rows: Int, _ engine: Engine) -> Matrix<Float> {
    network(
      problem.input.rows(0..<rows), conditions: Array(problem.conditions.prefix(rows)),
      engine: engine)
  }

  /// The outputs are the same whichever thread packs for the second pass, and for any number of rows.
  @Test(arguments: everyEngine, [1, 2, 3, 5])
  func unchangedParametersGiveTheSameOutputs(_ engine: Engine, threads: Int) {
    let pool = ThreadPool(threads: threads)
    for purpose in [Workspace.Purpose.training, .inference] {
      let workspace = Workspace(
        problem.network, capacity: 45, purpose: purpose, engine: engine, pool: pool)
      var network = problem.network
      for pass in 0..<3 {
        // Fewer rows than threads, then many, then some.
        for (isFirst, rows) in [(true, 1), (false, 45), (false, 13)] {
          #expect(
            outputs(network, rows: rows, parametersUnchanged: !isFirst, in: workspace)
              == expected(network, rows: rows, engine), "pass \(pass), \(rows) rows")
        }
        network.parameters[0] = network.parameters[0].map { 1.5 * $0 }
      }
    }
  }

  /// A training pass also counts as the previous pass.
  @Test(arguments: everyEngine, [1, 2, 3, 5])
  func laterPassesReuseThePackingOfTraining(_ engine: Engine, threads: Int) {
    let workspace = Workspace(
      problem.network, capacity: 45, engine: engine, pool: ThreadPool(threads: threads))
    let error = LossPass(capacity: 45)
    for rows in [1, 6, 45] {
      problem.withBatch(rows: rows) { input, conditions, _, target in
        _ = error.loss(target) {
          workspace.forwardAndBackward(
            problem.network, input, conditions: conditions, loss: error)
        }
      }
      #expect(
        outputs(problem.network, rows: 45, parametersUnchanged: true, in: workspace)
          == expected(problem.network, rows: 45, engine), "\(rows) rows")
    }
  }
}
