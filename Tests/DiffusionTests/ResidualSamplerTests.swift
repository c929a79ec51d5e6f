import Diffusion
import LinearAlgebra
import Testing

/// Samples of a residual network, which sees features of the level, depend only on the model and the
/// seed.
@Suite struct ResidualSamplerTests {
  private static let model = residualModel(moments: slantedMoments)
  private static let methods: [SamplingMethod] = [
    .heun(), .heun(churn: Churn(amount: 4)), .dpmSolver2M, .ddim(eta: 0.5), .ddpm(),
  ]

  @Test(arguments: everyEngine, methods)
  func samplesDoNotDependOnThreadsOrCount(_ engine: Engine, _ method: SamplingMethod) {
    for fromMoments in [false, true] {
      let sampler = Sampler(Self.model, method: method, steps: 4, fromMoments: fromMoments)
      let many = sampler.sample(count: 260, seed: 4, engine: engine)
      #expect(many.isFinite)
      for threads in [2, 3] {
        #expect(sampler.sample(count: 260, seed: 4, threads: threads, engine: engine) == many)
      }
      for count in [1, 127, 129] {
        #expect(sampler.sample(count: count, seed: 4, engine: engine) == many.rows(0..<count))
      }
      #expect(sampler.sample(count: 260, seed: 5, engine: engine) != many)
      let states = sampler.trajectory(count: 260, seed: 4, threads: 2, engine: engine)
      #expect(states.count == 5 && states.last == many)
    }
  }

  @Test(arguments: methods)
  func enginesAgree(_ method: SamplingMethod) {
    let sampler = Sampler(Self.model, method: method, steps: 6)
    let expected = sampler.sample(count: 50, seed: 4, engine: .init(.openBLAS))
    for engine in everyEngine {
      let found = sampler.sample(count: 50, seed: 4, engine: engine)
      for (a, b) in zip(doubles(found), doubles(expected)) {
        #expect(abs(a - b) < 1e-4 * (1 + abs(b)))
      }
    }
  }

  /// Sampling runs from the states of the prior and converts the result back to the data space.
  @Test(arguments: [SamplingMethod.heun(), .dpmSolver2M, .ddim()])
  func samplesMatchARunFromTheirStart(_ method: SamplingMethod) {
    let sampler = Sampler(Self.model, method: method, steps: 5)
    let scale = Float(sampler.levels[0].scale)
    let start =
      scale
      * RandomPurpose.samplingNoise.stream(seed: 4, index: 5)
      .normal(rows: 50, columns: 2)
    let found = Standardization(slantedMoments).invert(sampler.run(from: start))
    let expected = sampler.sample(count: 50, seed: 4)
    for (a, b) in zip(doubles(found), doubles(expected)) { #expect(abs(a - b) < 2e-5) }
  }

  /// The noisiest states are shown in the data space, with the mean and deviation of the data.
  @Test func trajectoriesStartWithTheMomentsOfTheData() {
    let states = Sampler(Self.model, steps: 5).trajectory(count: 2000, seed: 1)
    let found = DataMoments(states[0])
    for column in 0..<2 {
      let deviation = slantedMoments.variance[column].squareRoot()
      #expect(abs(found.mean[column] - slantedMoments.mean[column]) < 0.1 * deviation)
      #expect(abs(found.variance[column].squareRoot() / deviation - 1) < 0.1)
    }
  }

  @Test func defaultsFollowTheModel() {
    let sampler = Sampler(Self.model)
    #expect(sampler.method == .dpmSolver2M && sampler.steps == 40 && sampler.evaluations == 40)
    #expect(sampler.levels[0] == Self.model.process.terminal && sampler.levels[40] == .clean)
    let seed = Sampler(DiffusionModel.original(hidden: [4], steps: 7))
    #expect(seed.method == .ddpm() && seed.steps == 7 && seed.evaluations == 7)
  }

  @Test(
    arguments: [
      NoiseProcess.continuousVP(ContinuousVP()), .discrete(.cosine(steps: 30)),
    ], [Prediction.velocity, .preconditioned()])
  func supportsOtherProcesses(_ process: NoiseProcess, _ prediction: Prediction) {
    let model = residualModel(process: process, prediction: prediction)
    for method in Self.methods {
      let samples = Sampler(model, method: method, steps: 10).sample(count: 20, seed: 1)
      #expect(samples.isFinite)
    }
  }
}
