import AllocationCounter
import Diffusion
import LinearAlgebra
import Testing

/// Once warm, a step asks for no memory.
@Suite(.enabled(if: allocation_counter_is_available(), "nothing counts allocations here"))
struct AllocationTests {
  private static let model = DiffusionModel.original(hidden: [16, 16], steps: 10)

  /// How many blocks of memory this thread asks for in `body`.
  private func allocations(_ body: () -> Void) -> Int {
    let before = allocation_counter_count()
    body()
    return allocation_counter_count() - before
  }

  /// Without this, all others could pass by not counting.
  @Test func areCounted() {
    #expect(allocations { _ = Matrix(rows: 3, columns: 3) } >= 2)
    #expect(allocations {} == 0)
  }

  /// Many epochs with a smaller batch at the end of each; threads measure what they cost each other
  /// every 256 steps.
  @Test(arguments: everyEngine, [1, 2])
  func trainingHasNone(_ engine: Engine, threads: Int) throws {
    let data = RandomStream(seed: 1).normal(rows: 40, columns: 2)
    let training = try Training(
      Self.model, data: data,
      configuration: TrainingConfiguration(batchSize: 16, threads: threads), engine: engine)
    for _ in 0..<6 { training.step() }
    #expect(allocations { for _ in 0..<260 { training.step() } } == 0)
  }

  @Test(arguments: everyEngine)
  func trainingOnGivenBatchesHasNone(_ engine: Engine) throws {
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

  /// Features, shared levels, an average and a schedule of the rate need none, either. OpenBLAS itself
  /// asks for memory in products of some small shapes.
  @Test(
    arguments: Engine.availableInstructionSets.map { Engine(.swift, instructionSet: $0) }, [1, 2])
  func residualTrainingHasNone(_ engine: Engine, threads: Int) throws {
    let data = RandomStream(seed: 1).normal(rows: 40, columns: 2)
    let training = try Training(
      residualModel(moments: DataMoments(data)), data: data,
      configuration: TrainingConfiguration(
        batchSize: 16, learningRateSchedule: .init(warmUpSteps: 5, decay: .cosine(steps: 1000)),
        weighting: .minimumSNR(), rowsPerLevel: 4, emaDecay: 0.9, threads: threads),
      engine: engine)
    for _ in 0..<6 { training.step() }
    #expect(allocations { for _ in 0..<260 { training.step() } } == 0)
  }

  /// Nor does a context.
  @Test(arguments: Engine.availableInstructionSets.map { Engine(.swift, instructionSet: $0) })
  func conditionalTrainingHasNone(_ engine: Engine) throws {
    let data = RandomStream(seed: 1).normal(rows: 40, columns: 5)
    let training = try Training(
      residualModel(octaves: 1, contextWidth: 3), data: data,
      configuration: TrainingConfiguration(batchSize: 16, rowsPerLevel: 4, contextDropout: 0.5),
      engine: engine)
    for _ in 0..<6 { training.step() }
    #expect(allocations { for _ in 0..<260 { training.step() } } == 0)
  }

  /// A sampler needs memory for its tiles, but none for a step: as many blocks for 10 timesteps
  /// as for 5.
  @Test(arguments: everyEngine)
  func samplingStepsHaveNone(_ engine: Engine) {
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
