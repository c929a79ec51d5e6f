import Diffusion
import LinearAlgebra
import NeuralNetwork
import Testing

/// Without signal, a noise prediction only returns the state; sampling needs data or velocity
/// predictions.
@Suite struct ZeroTerminalTests {
  private static let schedule = NoiseSchedule.cosine(steps: 12).rescaledToZeroTerminalSNR()
  private static let methods: [SamplingMethod] = [
    .ddpm(), .ddpm(variance: .posterior), .ddim(), .ddim(eta: 1), .dpmSolver2M, .heun(),
    .heun(churn: Churn(amount: 10)),
  ]

  @Test func rejectsNoisePrediction() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let schedule = NoiseSchedule.cosine(steps: 12).rescaledToZeroTerminalSNR()
      _ = DiffusionModel.original(hidden: [4], schedule: schedule)
    }
    let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(message.contains("estimate the data or the velocity"))
  }

  @Test(arguments: [Prediction.data, .velocity, .preconditioned()], methods)
  func otherPredictionsSampleFromZeroSignal(
    _ prediction: Prediction, _ method: SamplingMethod
  ) {
    let model = DiffusionModel.original(
      hidden: [9], schedule: Self.schedule, prediction: prediction)
    for steps in [1, 2, 3, 12] {
      let samples = Sampler(model, method: method, steps: steps).sample(count: 20, seed: 1)
      #expect(samples.isFinite)
    }
  }

  /// Data of one point, also with few steps.
  @Test(arguments: methods, [1, 2, 12])
  func samplesReachASinglePoint(_ method: SamplingMethod, steps: Int) {
    let levels = Self.schedule.levels(timesteps: Self.schedule.timesteps(count: steps))
    let sampler = Sampler(
      GaussianMixtureDenoiser(mean: [3, -2], covariance: .isotropic(0)), levels: levels,
      method: method)
    let samples = sampler.sample(count: 5, seed: 2)
    for row in 0..<5 { #expect(abs(samples[row, 0] - 3) < 1e-5 && samples[row, 1] < -1.9999) }
  }

  /// Targets and weights are also finite at the last timestep of training.
  @Test(
    arguments: [Prediction.data, .velocity],
    [LossWeighting.uniform, .minimumSNR(), .edm()])
  func trainingIsFinite(_ prediction: Prediction, _ weighting: LossWeighting) throws {
    let model = DiffusionModel.original(
      hidden: [9], schedule: Self.schedule, prediction: prediction)
    let training = try Training(
      model, data: RandomStream(seed: 1).normal(rows: 64, columns: 2),
      configuration: TrainingConfiguration(batchSize: 64, weighting: weighting))
    #expect(Array(training.prefix(10)).count == 10)
    #expect(training.model.network.parameters.firstNonFinite == nil)
  }
}
