import Langevin
import NeuralNetwork
import Testing

@Suite struct StoppingTests {
  @Test func leavingTheLoopStopsAndTheNextGoesOn() async throws {
    let trainer = try SmallTraining.trainer()
    for try await epoch in trainer.epochs where epoch.epoch == 1 { break }
    #expect(trainer.progress.epochs == 1 && !trainer.isComplete)
    let early = try await trainer.model.sample(count: 10, seed: 1)
    #expect(early.matrix.isFinite)
    #expect(try trainer.nextEpochBlocking()?.epoch == 2)
    #expect(trainer.progress.epochs == 2)
    #expect(try await trainer.run().bits == SmallTraining.model.get().bits)
  }

  /// Cancellation does not wait for the end of an epoch of a hundred thousand steps.
  @Test func cancellationStopsWithinAnEpoch() async throws {
    let data = RandomStream(seed: 1).normal(rows: 100_000, columns: 1)
    let trainer = try Trainer(on: data, epochs: 1000) {
      $0.model.network = .residual(width: 8, blocks: 1)
      $0.training.batchSize = 1
    }
    let task = Task { try await trainer.run() }
    while trainer.stepsTaken == 0 { try await Task.sleep(for: .milliseconds(1)) }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    let steps = trainer.stepsTaken
    #expect(steps > 0 && steps < 100_000_000 && !trainer.isComplete)
    #expect(try await trainer.model.sample(count: 10, seed: 1).matrix.isFinite)
    #expect(trainer.stepsTaken == steps)
  }

  @Test func aCancelledTaskTrainsNothing() async throws {
    let trainer = try SmallTraining.trainer()
    let task = Task {
      while !Task.isCancelled { await Task.yield() }
      #expect(throws: CancellationError.self) { try trainer.nextEpochBlocking() }
      #expect(throws: CancellationError.self) { try trainer.runBlocking() }
      for try await _ in trainer.epochs {}
    }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    #expect(trainer.stepsTaken == 0)
  }

  /// A training loop on the caller's thread throws if its task is canceled.
  @Test func cancellationEndsABlockingLoopWithAnError() async throws {
    let trainer = try SmallTraining.trainer()
    let task = Task {
      while try trainer.nextEpochBlocking() != nil {
        unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
      }
    }
    await #expect(throws: CancellationError.self) { try await task.value }
    #expect(trainer.progress.epochs == 1 && !trainer.isComplete)
  }

  /// The result does not depend on where training stops, even within an epoch.
  @Test func goesOnToTheSameBits() async throws {
    let trainer = try SmallTraining.trainer(epochs: 40)
    while !trainer.isComplete {
      let before = trainer.stepsTaken
      let task = Task { try await trainer.run() }
      while trainer.stepsTaken == before { try await Task.sleep(for: .milliseconds(1)) }
      task.cancel()
      _ = try? await task.value
    }
    #expect(try trainer.model.bits == SmallTraining.trainer(epochs: 40).runBlocking().bits)
  }

  /// A learning rate of a million makes numbers overflow `Float` within a few steps.
  @Test func divergenceIsThrown() async throws {
    let trainer = try Trainer(on: SmallTraining.matrix, epochs: 1000) {
      SmallTraining.configure(&$0)
      $0.training.learningRate = 1e6
      $0.training.maximumGradientNorm = nil
      $0.training.decay = .none
    }
    await #expect(throws: Divergence.self) { try await trainer.run() }
    #expect(trainer.divergence != nil && !trainer.isComplete)
    let steps = trainer.stepsTaken
    #expect(throws: Divergence.self) { try trainer.nextEpochBlocking() }
    #expect(trainer.stepsTaken == steps)
    await #expect(throws: Divergence.self) { for try await _ in trainer.epochs {} }
    #expect(trainer.model.diffusion.network.parameters.flat.isFinite)
  }
}
