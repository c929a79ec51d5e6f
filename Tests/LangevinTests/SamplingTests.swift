import Langevin
import Testing

@Suite struct SamplingTests {
  private static func sample(seed: UInt64, count: Int = 300, threads: Int? = nil) throws -> Matrix<
    Float
  > {
    try SmallTraining.model.get().sampleBlocking(count: count, seed: seed, threads: threads).matrix
  }

  @Test(arguments: [1, 2, 5]) func threadsDoNotMatter(threads: Int) throws {
    #expect(try Self.sample(seed: 1, threads: threads).bits == Self.sample(seed: 1).bits)
  }

  @Test func manyTasksDrawWhatOneDoes() async throws {
    let model = try SmallTraining.model.get()
    let seeds: [UInt64] = (0..<24).map { $0 % 6 }
    let expected = try seeds.map { try Self.sample(seed: $0).bits }
    let drawn = try await withThrowingTaskGroup(of: (Int, [UInt32]).self) { group in
      for (index, seed) in seeds.enumerated() {
        group.addTask { (index, try await model.sample(count: 300, seed: seed).matrix.bits) }
      }
      return try await group.reduce(into: [Int: [UInt32]]()) { $0[$1.0] = $1.1 }
    }
    for index in seeds.indices { #expect(drawn[index] == expected[index]) }
  }

  /// Other tasks make progress while several tasks wait for samples.
  @Test func tasksGoOnMeanwhile() async throws {
    let model = try SmallTraining.model.get()
    let trainer = try SmallTraining.trainer()
    async let training = trainer.run()
    async let samples = model.sample(count: 500, seed: 1)
    async let others = model.sample(count: 500, seed: 1)
    #expect(try await samples.matrix.bits == others.matrix.bits)
    #expect(try await training.bits == model.bits)
  }

  @Test func theFirstOfManyAreThoseOfFew() throws {
    let many = try Self.sample(seed: 3, count: 300)
    #expect(try many.rows(0..<7).bits == Self.sample(seed: 3, count: 7).bits)
  }

  @Test func formsAgree() throws {
    let samples = try SmallTraining.model.get().sampleBlocking(count: 20, seed: 4)
    #expect(samples.count == 20 && Matrix<Float>(samples.rows).bits == samples.matrix.bits)
    #expect(samples.table.columns.map(\.name) == ["x0", "x1"] && samples.table.rowCount == 20)
    #expect(
      samples.table.column("x1")?.cells == .numbers(samples.rows.map { Double($0[1]) }))
    #expect(samples.csv == CSV.bytes(of: samples.matrix))
  }

  @Test func samplersAreThoseOfDiffusion() throws {
    let model = try SmallTraining.model.get()
    let expected = Sampler(model.diffusion, method: .heun(), steps: 5).sample(count: 9, seed: 1)
    #expect(
      try model.sampleBlocking(count: 9, seed: 1, method: .heun(), steps: 5).matrix.bits
        == expected.bits)
    let usual = Sampler(model.diffusion).sample(count: 9, seed: 1)
    #expect(try model.sampleBlocking(count: 9, seed: 1).matrix.bits == usual.bits)
    #expect(try model.sampleBlocking(count: 0, seed: 1).count == 0)
  }

  @Test func aCancelledTaskGetsNone() async throws {
    let model = try SmallTraining.model.get()
    let task = Task {
      while !Task.isCancelled { await Task.yield() }
      return try await model.sample(count: 10, seed: 1)
    }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
  }
}
