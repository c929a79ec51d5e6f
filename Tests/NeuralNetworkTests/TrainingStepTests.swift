import LangevinThreading
import LinearAlgebra
import Testing

@testable import NeuralNetwork

/// Whole training steps in a workspace: both passes and the optimizer, shared by threads.
@Suite struct TrainingStepTests {
  private static let swiftEngines = Engine.availableInstructionSets.map {
    Engine(.swift, instructionSet: $0)
  }
  /// Widths that include table rows that do not fill cache lines, where threads meet (5), and sums of
  /// several blocks (384).
  private static let widths = [
    [16, 33], [17, 5], [33, 16, 70], [70, 128], [128, 128], [400, 17], [33, 400],
  ]

  /// A step has the same bits as with one thread, with or without streaming.
  @Test(arguments: swiftEngines, widths)
  func resultsDoNotDependOnThreadsOrStreaming(_ engine: Engine, _ widths: [Int]) {
    for rows in [1, 6, 45] {
      let problem = TrainingProblem(widths: widths, rows: rows)
      let one = problem.train(engine: engine)
      for threads in [1, 2, 3, 5] {
        for streams in [false, true] {
          let several = problem.train(threads: threads, streams: streams, engine: engine)
          #expect(several == one, "\(rows) rows, \(threads) threads, streams: \(streams)")
        }
      }
      // The workspace measures whether to stream.
      #expect(problem.train(threads: 2, streams: nil, engine: engine) == one)
    }
  }

  /// A batch divided into chunks of the rows that a product sums in registers has the same bits as a
  /// whole batch.
  @Test(arguments: swiftEngines, [384, 385, 768, 1000])
  func chunksMatchTheWholeBatch(_ engine: Engine, rows: Int) {
    let problem = TrainingProblem(widths: [128, 33], rows: rows)
    let whole = problem.train(steps: 2, engine: engine)
    for (capacity, threads) in [(Workspace.chunkRows, 1), (Workspace.chunkRows, 3), (768, 2)] {
      let chunks = problem.train(
        steps: 2, threads: threads, streams: threads == 3, capacity: capacity, engine: engine)
      #expect(chunks == whole, "chunks of \(capacity), \(threads) threads")
    }
  }

  /// Chunks of any other size, and OpenBLAS, sum in a different order.
  @Test(arguments: everyEngine, [1, 7, 100])
  func chunksOfAnySizeMatchUpToRounding(_ engine: Engine, capacity: Int) {
    let problem = TrainingProblem(widths: [33, 16], rows: 101)
    let whole = problem.train(steps: 1, engine: engine)
    let chunks = problem.train(steps: 1, threads: 2, capacity: capacity, engine: engine)
    #expect(chunks.losses == whole.losses || abs(chunks.losses[0] / whole.losses[0] - 1) < 1e-6)
    for index in whole.gradients.names.indices {
      let (found, expected) = (doubles(chunks.gradients[index]), doubles(whole.gradients[index]))
      let scale = expected.reduce(0) { max($0, abs($1)) }
      let error = zip(found, expected).reduce(0) { max($0, abs($1.0 - $1.1)) }
      #expect(error <= 1e-5 * scale && scale > 0, "\(whole.gradients.names[index])")
    }
  }

  /// A combined step has the same bits as its separate parts, except the norm, which is summed in a
  /// different order.
  @Test(arguments: everyEngine, widths)
  func stepsMatchTheirSeparateParts(_ engine: Engine, _ widths: [Int]) {
    let problem = TrainingProblem(widths: widths, rows: 45)
    var step = problem.train(threads: 2, streams: true, engine: engine)
    let plain = problem.trainPlainly(engine: engine)
    for (norm, expected) in zip(step.norms, plain.norms) {
      #expect(abs(norm / expected - 1) < 1e-6)
    }
    step.norms = plain.norms
    #expect(step == plain)
    #expect(step.parameters != problem.network.parameters)
  }

  /// OpenBLAS shares no code with the products of the package.
  @Test(arguments: swiftEngines, widths)
  func gradientsMatchOpenBLAS(_ engine: Engine, _ widths: [Int]) {
    let problem = TrainingProblem(widths: widths, rows: 45)
    let swift = problem.train(steps: 1, threads: 3, streams: true, engine: engine)
    let openBLAS = problem.train(
      steps: 1, engine: Engine(.openBLAS, instructionSet: engine.instructionSet))
    #expect(abs(swift.losses[0] / openBLAS.losses[0] - 1) < 1e-5)
    for (index, name) in swift.gradients.names.enumerated() {
      let (found, expected) = (doubles(swift.gradients[index]), doubles(openBLAS.gradients[index]))
      let scale = expected.reduce(0) { max($0, abs($1)) }
      let error = zip(found, expected).reduce(0) { max($0, abs($1.0 - $1.1)) }
      #expect(error <= 1e-5 * scale && scale > 0, "\(name)")
    }
  }

  /// Gradients are clipped by the norm of all of them before clipping.
  @Test(arguments: everyEngine, [1, 2, 5])
  func gradientsAreClippedByTheirNorm(_ engine: Engine, threads: Int) {
    let problem = TrainingProblem(widths: [33, 70], rows: 13)
    let free = problem.train(steps: 1, threads: threads, engine: engine)
    let norm = free.norms[0]
    #expect(abs(norm / free.gradients.norm() - 1) < 1e-6)
    let clipped = problem.train(
      steps: 1, threads: threads, streams: true, maximumNorm: norm / 4, engine: engine)
    #expect(clipped.norms == free.norms)
    #expect(clipped.gradients == free.gradients)
    #expect(abs(clipped.firstMoments.norm() / free.firstMoments.norm() - 0.25) < 1e-5)
    let untouched = problem.train(
      steps: 1, threads: threads, maximumNorm: 2 * norm, engine: engine)
    #expect(untouched == free)
  }

  /// Conditions that only one layer has, or that no row has, get zero gradients, whatever the buffer
  /// held before.
  @Test(arguments: everyEngine, [1, 3])
  func otherConditionsHaveNoGradients(_ engine: Engine, threads: Int) {
    let problem = TrainingProblem(widths: [33, 16], rows: 13)
    let workspace = Workspace(
      problem.network, capacity: 13, engine: engine, pool: ThreadPool(threads: threads))
    workspace.gradients.flat = workspace.gradients.flat.map { _ in .nan }
    let error = LossPass(capacity: 13)
    problem.withBatch { input, conditions, _, target in
      _ = error.loss(target) {
        workspace.forwardAndBackward(
          problem.network, input, conditions: conditions, loss: error)
      }
    }
    for (name, rows) in [("hidden0.embed.weight", 50), ("hidden1.embed.weight", 11)] {
      let table = workspace.gradients[name] ?? Matrix<Float>(rows: 0, columns: 0)
      #expect(table.rows == rows)
      for row in 0..<table.rows {
        let gradients = doubles(table.rows(row..<row + 1))
        if problem.conditions.contains(Int32(row)) {
          #expect(gradients.contains { $0 != 0 } && gradients.allSatisfy(\.isFinite))
        } else {
          #expect(gradients.allSatisfy { $0 == 0 })
        }
      }
    }
  }
}
