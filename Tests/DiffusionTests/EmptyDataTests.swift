import Diffusion
import LinearAlgebra
import NeuralNetwork
import Testing

/// Empty data, empty contexts, and NaN values must not stop the program.
@Suite struct EmptyDataTests {
  private static let none = Matrix<Float>(rows: 0, columns: 2)
  private static let model = residualModel(moments: slantedMoments, contextWidth: 2)
  private static let noContexts = Matrix<Float>(rows: 0, columns: 2)
  private static let level = NoiseLevel(sigma: 0.5)

  @Test(arguments: [0, 1, 2.5])
  func samplesWithoutContexts(guidance: Double) {
    let sampler = Sampler(
      Self.model, steps: 3, contexts: Self.noContexts, guidance: guidance)
    #expect(sampler.sample(count: 0, seed: 1) == Self.none)
    #expect(sampler.trajectory(count: 0, seed: 1) == Array(repeating: Self.none, count: 4))
    // Every row is then unconditional.
    #expect(
      sampler.sample(count: 5, seed: 1) == Sampler(Self.model, steps: 3).sample(count: 5, seed: 1))
    #expect(sampler.run(from: Self.none) == Self.none)
    let implicit = Sampler(Self.model, method: .ddim(), steps: 3, contexts: Self.noContexts)
    #expect(implicit.step(Self.none, step: 0, noise: nil) == Self.none)
  }

  @Test func startsFromThePriorWithoutData() {
    func samples(_ start: Matrix<Float>?) -> Matrix<Float> {
      Sampler(
        Self.model, levels: [NoiseLevel(sigma: 2), Self.level, .clean], method: .ddim(),
        startingData: start
      ).sample(count: 3, seed: 1)
    }
    #expect(samples(Self.none) == samples(nil))
  }

  @Test func fillsZeroRowsWithoutContexts() {
    let imputer = Imputer(Self.model, steps: 3, repeats: 2, contexts: Self.noContexts)
    #expect(imputer.fill(Self.none, known: Self.none, seed: 1) == Self.none)
  }

  @Test(arguments: everyEngine)
  func denoisesZeroStates(_ engine: Engine) {
    let denoisers: [any Denoiser] = [
      Self.model, GuidedDenoiser(Self.model, contexts: Self.noContexts),
      DiffusionModel.original(hidden: [4], steps: 3), EmpiricalDenoiser(Matrix<Float>([[1, 2]])),
      GaussianMixtureDenoiser(weights: [1], means: [[0, 0]], covariances: [.isotropic(1)]),
    ]
    for denoiser in denoisers {
      #expect(denoiser.denoise(Self.none, at: Self.level, engine: engine) == Self.none)
    }
  }

  @Test(arguments: [
    Matrix<Float>(rows: 0, columns: 2), Matrix<Float>([[1, .nan]]),
    Matrix<Float>([[.infinity, 0]]),
  ])
  func emptyOrNonFinitePointsYieldNaN(points: Matrix<Float>) {
    let denoiser = EmpiricalDenoiser(points)
    let denoised = denoiser.denoise(Matrix<Float>([[1, 2], [3, 4]]), at: Self.level)
    #expect(denoised.rows == 2 && denoised.elements.count == 4)
    #expect(denoised[0, 0].isNaN && denoised[1, 1].isNaN)
    #expect(throws: LikelihoodError.diverged(row: 0)) {
      try ProbabilityFlow(steps: 2).logLikelihood(of: Matrix<Float>([[1, 2]]), denoiser)
    }
  }

  @Test func rejectsLikelihoodOfZeroPoints() {
    #expect(throws: LikelihoodError.noPoints) {
      try ProbabilityFlow(steps: 2).logLikelihood(of: Self.none, Self.model)
    }
    #expect(throws: LikelihoodError.noPoints) {
      try BoundEstimator(.cosine(steps: 3)).bound(
        of: Self.none, Self.model, random: RandomStream(seed: 1))
    }
    #expect(LogLikelihood(values: [], dimension: 2).mean.isNaN)
    #expect(LogLikelihood(values: [], dimension: 2).standardErrorInBits.isNaN)
  }

  @Test func momentsOfZeroRowsAreNaN() {
    let moments = DataMoments(Self.none)
    #expect(moments.dimension == 2 && moments.mean[0].isNaN && moments.variance[1].isNaN)
    #expect(!moments.arePossible && !DataMoments(Matrix<Float>([[1, .nan]])).arePossible)
    #expect(Standardization(moments).deviation == [1, 1])
    #expect(Standardization(moments).apply(to: Self.none) == Self.none)
    #expect(Standardization(moments).invert(Self.none) == Self.none)
  }

  @Test func boxIgnoresMissingValues() {
    let box = DataBox(Matrix<Float>([[.nan, 1, .nan], [2, -1, .nan], [1, .nan, .nan]]))
    #expect(box == DataBox(minimum: [1, -1, -.infinity], maximum: [2, 1, .infinity]))
    #expect(DataBox(Self.none).maximum == [.infinity, .infinity])
    // A column without bounds is not clipped.
    func samples(_ box: DataBox?) -> Matrix<Float> {
      Sampler(Self.model, steps: 3, box: box).sample(count: 5, seed: 1)
    }
    #expect(samples(DataBox(Self.none)) == samples(nil))
  }

  @Test func emptyHeldOutSetHasNoLoss() throws {
    let data = RandomStream(seed: 1).normal(rows: 8, columns: 4)
    let configuration = TrainingConfiguration(batchSize: 4)
    let training = try Training(
      Self.model, data: data, heldOut: Matrix<Float>(rows: 0, columns: 4),
      configuration: configuration)
    #expect(training.heldOutLoss() == nil && training.step().loss.isFinite)
    #expect(throws: TrainingError.noData) {
      try Training(Self.model, data: data.rows(0..<0), configuration: configuration)
    }
  }

  @Test func diffusesZeroRows() {
    let process = ForwardProcess(.cosine(steps: 3))
    #expect(process.diffuse(Self.none, timesteps: [], noise: Self.none) == Self.none)
  }
}
