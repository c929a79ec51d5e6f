import AllocationCounter
import Diffusion
import LinearAlgebra
import Testing

/// After the first steps, training and sampling steps allocate no memory.
@Suite(.enabled(if: allocation_counter_is_available(), "allocation counting is unavailable"))
struct AllocationTests {
  private static let model = DiffusionModel.original(hidden: [16, 16], steps: 10)

  /// Returns the number of memory blocks that this thread allocates in `body`.
  private func allocations(_ body: () -> Void) -> Int {
    let before = allocation_counter_count()
    body()
    return allocation_counter_count() - before
  }

  /// Guards the other tests, which would also pass if nothing were counted.
  @Test func countsAllocations() {
    #expect(allocations { _ = Matrix<Float>(rows: 3, columns: 3) } >= 2)
    #expect(allocations {} == 0)
  }

  /// Covers many epochs, each with a smaller last batch, and the timing of the threads, which happens
  /// every 256 steps.
  @Test(arguments: everyEngine, [1, 2])
  func trainingStepsAllocateNothing(_ engine: Engine, threads: Int) throws {
    let data = RandomStream(seed: 1).normal(rows: 40, columns: 2)
    let training = try Training(
      Self.model, data: data,
      configuration: TrainingConfiguration(batchSize: 16, threads: threads), engine: engine)
    for _ in 0..<6 { training.step() }
    #expect(allocations { for _ in 0..<260 { training.step() } } == 0)
  }

  @Test(arguments: everyEngine)
  func stepsOnGivenBatchesAllocateNothing(_ engine: Engine) throws {
    let data = RandomStream(seed: 1).normal(rows: 16, columns: 2)
    let noise = RandomStream(seed: 2).normal(rows: 16, columns: 2)
    let timesteps = (0..<16).map { Int32($0 % 10) }
    let training = try Training(
      Self.model, data: data, configuration: TrainingConfiguration(batchSize: 16), engine: engine)
    for _ in 0..<3 { training.step(batch: data, timesteps: timesteps, noise: noise) }
    let count = allocations {
      for _ in 0..<5 { training.step(batch: data, timesteps: timesteps, noise: noise) }
    }
    #expect(count == 0)
  }

  /// Adds features, shared levels, an EMA, and a learning-rate schedule. Only Swift's own products are
  /// tested: OpenBLAS allocates memory in products of some small shapes.
  @Test(
    arguments: Engine.availableInstructionSets.map { Engine(.swift, instructionSet: $0) }, [1, 2])
  func residualTrainingStepsAllocateNothing(_ engine: Engine, threads: Int) throws {
    let data = RandomStream(seed: 1).normal(rows: 40, columns: 2)
    let training = try Training(
      residualModel(moments: DataMoments(data)), data: data,
      configuration: TrainingConfiguration(
        batchSize: 16, warmUpSteps: 5, cosineDecaySteps: 1000,
        weighting: .minimumSNR(), rowsPerLevel: 4, emaDecay: 0.9, threads: threads),
      engine: engine)
    for _ in 0..<6 { training.step() }
    #expect(allocations { for _ in 0..<260 { training.step() } } == 0)
  }

  /// Adds contexts and context dropout.
  @Test(arguments: Engine.availableInstructionSets.map { Engine(.swift, instructionSet: $0) })
  func conditionalTrainingStepsAllocateNothing(_ engine: Engine) throws {
    let data = RandomStream(seed: 1).normal(rows: 40, columns: 5)
    let training = try Training(
      residualModel(octaves: 1, contextWidth: 3), data: data,
      configuration: TrainingConfiguration(batchSize: 16, rowsPerLevel: 4, contextDropout: 0.5),
      engine: engine)
    for _ in 0..<6 { training.step() }
    #expect(allocations { for _ in 0..<260 { training.step() } } == 0)
  }

  /// Adds categories, some of which are hidden.
  @Test(arguments: Engine.availableInstructionSets.map { Engine(.swift, instructionSet: $0) })
  func trainingStepsWithCategoriesAllocateNothing(_ engine: Engine) throws {
    let data = Matrix<Float>(rows: 40, columns: 4) { Float(($0 + $1) % 2) }
    let training = try Training(
      .residual(dimension: 2, width: 16, blocks: 2, octaves: 1, categories: [3, 2]), data: data,
      configuration: TrainingConfiguration(batchSize: 16, rowsPerLevel: 4, contextDropout: 0.5),
      engine: engine)
    for _ in 0..<6 { training.step() }
    #expect(allocations { for _ in 0..<260 { training.step() } } == 0)
  }

  /// A sampler allocates memory for its tiles but not per step: 10 timesteps allocate as many blocks as
  /// 5.
  @Test(arguments: everyEngine)
  func samplingStepsAllocateNothing(_ engine: Engine) {
    let samplers = [5, 10].map {
      Sampler(
        DiffusionModel.original(hidden: [16, 16], steps: $0), method: .ddpm(noiseAtLastStep: true))
    }
    let counts = samplers.map { sampler in
      _ = sampler.sample(count: 300, seed: 1, engine: engine)
      return allocations { _ = sampler.sample(count: 300, seed: 1, engine: engine) }
    }
    #expect(counts[0] == counts[1])
  }
}
