import AllocationCounter
import LangevinThreading
import LinearAlgebra
import Testing

@testable import NeuralNetwork

/// After the first steps, passes and steps of a residual network allocate no memory.
@Suite(.enabled(if: allocation_counter_is_available(), "allocation counting is unavailable"))
struct AllocationTests {
  private let problem = TrainingProblem(
    residual: 20, blocks: 2, levels: (0..<45).map { Int32($0 / 4) })

  /// Returns the number of memory blocks that this thread allocates in `body`.
  private func allocations(_ body: () -> Void) -> Int {
    let before = allocation_counter_count()
    body()
    return allocation_counter_count() - before
  }

  /// Covers an EMA, chunks, and the timing of the threads. Only Swift's own products are tested:
  /// OpenBLAS allocates memory in products of some small shapes.
  @Test(
    arguments: Engine.availableInstructionSets.map { Engine(.swift, instructionSet: $0) }, [1, 2])
  func trainingStepsAllocateNothing(_ engine: Engine, threads: Int) {
    for capacity in [45, 20] {
      var network = problem.network
      let workspace = Workspace(
        network, capacity: capacity, engine: engine, pool: ThreadPool(threads: threads))
      let error = LossPass(capacity: 45)
      var adam = Adam(network.parameters)
      var average: ExponentialMovingAverage? = ExponentialMovingAverage(
        network.parameters, decay: 0.9)
      problem.withBatch { input, conditions, features, target in
        func step() {
          _ = error.loss(target) {
            workspace.forwardAndBackward(
              network, input, conditions: conditions, features: features, loss: error)
          }
          _ = workspace.update(
            &network.parameters, by: &adam, maximumNorm: 1, average: &average)
        }
        for _ in 0..<6 { step() }
        #expect(allocations { for _ in 0..<260 { step() } } == 0)
      }
    }
  }

  @Test(arguments: everyEngine)
  func inferenceAllocatesNothing(_ engine: Engine) {
    let workspace = Workspace(
      problem.network, capacity: 45, purpose: .inference, engine: engine,
      pool: ThreadPool(threads: 1))
    problem.withBatch { input, conditions, features, _ in
      func pass() {
        _ = workspace.forward(
          problem.network, input, conditions: conditions, features: features)
      }
      pass()
      #expect(allocations { for _ in 0..<5 { pass() } } == 0)
    }
  }
}
