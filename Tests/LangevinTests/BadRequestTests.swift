import NeuralNetwork
import Langevin
import TestSupport
import Testing

/// Arguments out of range throw errors with a message instead of trapping.
@Suite struct BadRequestTests {
  @Test(arguments: [
    (-1, 1, nil as Int?, nil as Int?, "count -1: choose at least 0 samples"),
    (1 << 60, 1, nil, nil, "do not fit into memory"),
    (Int.max, 1, nil, nil, "do not fit into memory"),
    (1, .nan, nil, nil, "guidance nan: choose a finite number"),
    (1, .infinity, nil, nil, "guidance inf: choose a finite number"),
    (1, 1, 0, nil, "steps 0: choose a number from 1"),
    (1, 1, -1, nil, "steps -1: choose a number from 1"),
    (1, 1, 2_000_000, nil, "steps 2000000: choose a number from 1 to 1000000"),
    (1, 1, nil, 0, "threads 0: choose a number from 1 to 1024"),
    (1, 1, nil, 1_000_000, "threads 1000000: choose a number from 1 to 1024"),
  ])
  func samplesAreRefused(
    count: Int, guidance: Double, steps: Int?, threads: Int?, reason: String
  ) throws {
    let model = try SmallTraining.model.get()
    #expect {
      try model.sampleBlocking(
        count: count, seed: 1, guidance: guidance, steps: steps, threads: threads)
    } throws: {
      $0 is SamplingError && "\($0)".contains(reason)
    }
  }

  @Test(arguments: [
    (SamplingMethod.ddim(eta: .nan), "eta is nan; choose a number from 0 to 1"),
    (.ddim(eta: .infinity), "eta is inf; choose a number from 0 to 1"),
    (.ddim(eta: -0.5), "eta is -0.5; choose a number from 0 to 1"),
    (.heun(churn: Churn(amount: .nan)), "churn.amount is nan; choose a number from 0"),
    (.heun(churn: Churn(amount: .infinity)), "churn.amount is inf; choose a number from 0"),
    (.heun(churn: Churn(amount: 1, deviation: -1)), "churn.deviation is -1; choose a number"),
  ])
  func methodsAreRefused(method: SamplingMethod, reason: String) throws {
    let model = try SmallTraining.model.get()
    #expect {
      try model.sampleBlocking(count: 1, seed: 1, method: method)
    } throws: {
      $0 is SamplingError && "\($0)".hasPrefix(reason)
    }
  }

  /// The draws are counted before there is memory for them.
  @Test func drawsBeyondMemoryAreRefused() throws {
    let table = try CustomerTable.table()
    let model = try Trainer(on: table, epochs: 1, configure: SmallTraining.configure).runBlocking()
    for draws in [1_000_000_000_000, Int.max] {
      #expect {
        try model.imputeBlocking(table, draws: draws)
      } throws: {
        "\($0)".hasPrefix("\(draws) draws of")
      }
    }
  }

  @Test func stepsBeyondTheTimestepsAreRefused() async throws {
    let model = try Trainer(
      on: SmallTraining.matrix, preset: .original, epochs: 1,
      configure: { $0.model.network = .conditional(widths: [8], activation: .softplus) }
    ).runBlocking()
    await #expect(throws: SamplingError.steps(1000, most: 100)) {
      try await model.sample(count: 1, seed: 1, steps: 1000)
    }
    await #expect(throws: SamplingError.count(-1)) { try await model.sample(count: -1, seed: 1) }
  }

  @Test(arguments: [0, -1, 1_000_000])
  func threadsOfATrainerAreRefused(threads: Int) {
    #expect(throws: TrainerError.threads(threads)) {
      try Trainer(on: SmallTraining.matrix, epochs: 1, threads: threads)
    }
  }
}
