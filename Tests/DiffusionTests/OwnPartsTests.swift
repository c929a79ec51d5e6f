import Diffusion
import Foundation
import LinearAlgebra
import NeuralNetwork
import Testing

/// User-defined denoisers, samplers, and processes, compared with those of the package.
@Suite struct OwnPartsTests {
  /// The denoiser of N(0, 1) in each column: D = α x/(α² + σ²).
  private static let gaussian = ClosureDenoiser(
    dimension: 2,
    divergence: { states, level in
      Array(repeating: 2 * level.alpha / (level.scale * level.scale), count: states.rows)
    },
    { states, level in Float(level.alpha / (level.scale * level.scale)) * states })
  private static let exact = GaussianMixtureDenoiser(
    weights: [1], means: [[0, 0]], covariances: [.isotropic(1)])
  private static let levels = KarrasSigmas(minimum: 0.01, maximum: 20).levels(count: 12)

  @Test(arguments: [1, 2])
  func closuresMatchTheExactDenoiser(threads: Int) throws {
    for method in [SamplingMethod.heun(), .ddim(eta: 1), .dpmSolver2M] {
      let found = Sampler(Self.gaussian, levels: Self.levels, method: method)
        .sample(count: 300, seed: 1, threads: threads)
      let expected = Sampler(Self.exact, levels: Self.levels, method: method)
        .sample(count: 300, seed: 1, threads: threads)
      #expect(
        found.isApproximatelyEqual(to: expected, absoluteTolerance: 1e-4, relativeTolerance: 1e-4))
    }
    let points = RandomStream(seed: 3).normal(rows: 5, columns: 2)
    let flow = ProbabilityFlow()
    let found = try flow.logLikelihood(of: points, Self.gaussian, threads: threads).values
    let expected = try flow.logLikelihood(of: points, Self.exact).values
    #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-4 })
    let plain = ClosureDenoiser(dimension: 2) { states, _ in states }
    #expect(throws: LikelihoodError.noDivergence) {
      try flow.logLikelihood(of: points, plain)
    }
  }

  /// DDIM written as a custom sampler, with a trajectory and with threads.
  @Test func customStagesMatchTheBuiltInSampler() {
    let ddim = CustomSampling("ddim") { from, to, _ in
      let ratio = to.sigma / from.sigma
      return [
        ReverseStage(
          level: from, state: ratio, denoised: to.alpha - ratio * from.alpha, completes: to)
      ]
    }
    let own = Sampler(Self.exact, levels: Self.levels, method: .custom(ddim))
    let built = Sampler(Self.exact, levels: Self.levels, method: .ddim())
    #expect(own.evaluations == built.evaluations)
    let samples = own.sample(count: 200, seed: 4)
    #expect(
      samples.isApproximatelyEqual(
        to: built.sample(count: 200, seed: 4), absoluteTolerance: 1e-5, relativeTolerance: 1e-5))
    #expect(own.sample(count: 200, seed: 4, threads: 2) == samples)
    let states = own.trajectory(count: 200, seed: 4)
    #expect(states.count == 13 && states[12] == samples)
    #expect(SamplingMethod.custom(ddim) == .custom(CustomSampling("ddim") { _, _, _ in [] }))
    #expect(SamplingMethod.custom(ddim) != .ddim())
  }

  private struct Flow: ContinuousProcess {
    func level(at t: Double) -> NoiseLevel { NoiseLevel(alpha: 1 - t, sigma: t) }
  }

  @Test func flowIsAContinuousProcess() {
    let process = NoiseProcess.continuous(Flow())
    #expect(process == .continuous(Flow()) && process != .continuousVP())
    #expect(process.terminal == NoiseLevel(alpha: 0, sigma: 1) && process.schedule == nil)
    #expect(
      process.levels(steps: 4) == [
        NoiseLevel(alpha: 0, sigma: 1), NoiseLevel(alpha: 0.25, sigma: 0.75),
        NoiseLevel(alpha: 0.5, sigma: 0.5), NoiseLevel(alpha: 0.75, sigma: 0.25), .clean,
      ])
    // Recovers x₀ and ε of x = α x₀ + σ ε from u = ε - x₀.
    for level in process.levels(steps: 4).dropLast() {
      let factors = Prediction.flow.preconditioning(at: level)
      let (x0, noise) = (0.7, -1.3)
      let x = level.alpha * x0 + level.sigma * noise
      #expect(abs(factors.skip * x + factors.output * (noise - x0) - x0) < 1e-12)
      #expect(factors.targetData * x0 + factors.targetNoise * noise == noise - x0)
    }
  }

  /// A network learns a flow from points at (3, 0), and its samples lie there.
  @Test func trainsAFlow() throws {
    let features = FourierFeatures(count: 8)
    let data = Matrix<Float>(rows: 256, columns: 2) { _, column in column == 0 ? 3 : 0 }
    let network = Network(
      [
        Linear("in", inputs: 2, outputs: 16), EmbeddingShift(columns: 0..<16), Activation.silu,
        Linear("out", inputs: 16, outputs: 2),
      ], inputWidth: 2,
      embedding: [Linear("level", inputs: 16, outputs: 16)], featureWidth: 16)
    let training = try Training(
      DiffusionModel(
        process: .continuous(Flow()), prediction: .flow, network: network, features: features),
      data: data, configuration: .init(batchSize: 64, learningRate: 0.01, seed: 1))
    for _ in training.prefix(600) {}
    let samples = Sampler(training.result, method: .ddim(), steps: 20).sample(count: 200, seed: 2)
    let means = samples.columnMeans
    #expect(abs(means[0, 0] - 3) < 0.3 && abs(means[0, 1]) < 0.3)
    #expect(samples.columnStandardDeviations().maximum.map { $0 < 0.5 } == true)
  }

  @Test func featuresMatchTheFormula() {
    let features = FourierFeatures(count: 3)
    let level = NoiseLevel(alpha: 0.6, sigma: 0.8)
    let found = features([.clean, level])
    #expect(found.rows == 2 && found.columns == 6)
    for (i, frequency) in features.frequencies.enumerated() {
      let angle = 2 * Double.pi * frequency * log(0.8 / 0.6) / 4
      #expect(abs(Double(found[1, i]) - sin(angle)) < 1e-6)
      #expect(abs(Double(found[1, 3 + i]) - cos(angle)) < 1e-6)
    }
  }

  @Test(arguments: [1, 2])
  func samplingIsCancelledBetweenTiles(threads: Int) throws {
    let sampler = Sampler(Self.exact, levels: Self.levels, method: .ddim())
    #expect(throws: CancellationError.self) {
      try sampler.sample(count: 2000, seed: 1, threads: threads) { $0 < 500 }
    }
    let samples = try sampler.sample(count: 2000, seed: 1, threads: threads) { $0 <= 2000 }
    #expect(samples == sampler.sample(count: 2000, seed: 1))
  }
}
