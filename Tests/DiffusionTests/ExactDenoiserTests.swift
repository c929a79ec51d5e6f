import Diffusion
import LinearAlgebra
import NeuralNetwork
import Testing

/// For data N(m, s²) the best estimate of the noise is known:
///
///     ε(xₜ, t) = √(1 - ᾱₜ) (xₜ - √ᾱₜ m) / (ᾱₜ s² + 1 - ᾱₜ)
///
/// The weights of a network can be set by hand to this function, and the distribution that the sampler
/// then makes of N(0, 1) follows from the rules for normal distributions.
@Suite struct ExactDenoiserTests {
  private static let center = 0.8
  private static let deviation = 0.5

  /// A network that computes E[t] ⊙ (x, 1) and sums its two elements.
  private func model(_ schedule: NoiseSchedule) -> DiffusionModel {
    var network = Network(
      [
        ConditionalLinear("scale", inputs: 1, outputs: 2, conditions: schedule.steps),
        Linear("sum", inputs: 2, outputs: 1),
      ], inputWidth: 1)
    var table = Matrix<Float>(rows: schedule.steps, columns: 2)
    for t in 0..<schedule.steps {
      let (slope, intercept) = estimate(schedule, t)
      table[t, 0] = Float(slope)
      table[t, 1] = Float(intercept)
    }
    network.parameters[0] = Matrix<Float>([[1], [0]])
    network.parameters[1] = Matrix<Float>([[0, 1]])
    network.parameters[2] = table
    network.parameters[3] = Matrix<Float>([[1, 1]])
    network.parameters[4] = Matrix<Float>([[0]])
    return DiffusionModel(schedule: schedule, network: network)
  }

  private func estimate(_ schedule: NoiseSchedule, _ t: Int) -> (slope: Double, intercept: Double) {
    let kept = schedule.beta[...t].reduce(1) { $0 * (1 - $1) }
    let slope =
      (1 - kept).squareRoot() / (kept * Self.deviation * Self.deviation + 1 - kept)
    return (slope, -slope * kept.squareRoot() * Self.center)
  }

  /// The mean and variance of the samples, where each step is x ↦ a x + b + noise.
  private func moments(
    _ schedule: NoiseSchedule, noiseAtLastStep: Bool
  ) -> (mean: Double, variance: Double) {
    var (mean, variance) = (0.0, 1.0)
    for t in (0..<schedule.steps).reversed() {
      let beta = schedule.beta[t]
      let kept = schedule.beta[...t].reduce(1) { $0 * (1 - $1) }
      let (slope, intercept) = estimate(schedule, t)
      let factor = beta / (1 - kept).squareRoot()
      let a = (1 - factor * slope) / (1 - beta).squareRoot()
      mean = a * mean - factor * intercept / (1 - beta).squareRoot()
      variance = a * a * variance + (t > 0 || noiseAtLastStep ? beta : 0)
    }
    return (mean, variance)
  }

  private static let betas = [
    [0.3], [0.1, 0.6], [0.05, 0.2, 0.4, 0.7], (0..<60).map { 0.001 + 0.003 * Double($0) },
  ]

  @Test(arguments: betas, [false, true])
  func samplesHaveThePredictedMoments(_ beta: [Double], noiseAtLastStep: Bool) {
    let schedule = NoiseSchedule(beta: beta)
    let count = 5000
    let sampler = Sampler(
      model(schedule), method: .ddpm(noiseAtLastStep: noiseAtLastStep))
    let samples = doubles(sampler.sample(count: count, seed: 3))
    let expected = moments(schedule, noiseAtLastStep: noiseAtLastStep)
    #expect(
      abs(mean(samples) - expected.mean)
        < 4 * (expected.variance / Double(count)).squareRoot() + 1e-6)
    #expect(
      abs(variance(samples) / expected.variance - 1) < 4 * (2 / Double(count)).squareRoot())
  }

  /// A long chain that ends in noise leads back to the data.
  @Test func longChainsReachTheData() {
    let schedule = NoiseSchedule(beta: (0..<200).map { 1e-3 + 4e-4 * Double($0) })
    #expect(schedule.alphaBar[199] < 1e-3)
    let (mean, variance) = moments(schedule, noiseAtLastStep: false)
    #expect(abs(mean - Self.center) < 0.01)
    #expect(abs(variance.squareRoot() - Self.deviation) < 0.02)
  }

  /// One step from one point, calculated by hand: ε = 1.2 x with β = 0.36, from x = 1: (1 - 0.36 / 0.6 ·
  /// 1.2) / 0.8 = 0.35.
  @Test func oneStepMatchesAHandCalculation() {
    var network = Network([Linear("a", inputs: 1, outputs: 1)], inputWidth: 1)
    network.parameters[0] = Matrix<Float>([[1.2]])
    network.parameters[1] = Matrix<Float>([[0]])
    let sampler = Sampler(
      DiffusionModel(schedule: NoiseSchedule(beta: [0.36]), network: network))
    let state = Matrix<Float>([[1]])
    #expect(abs(sampler.step(state, step: 0, noise: nil)[0, 0] - 0.35) < 1e-6)
    let noisy = Sampler(
      sampler.denoiser, levels: sampler.levels, method: .ddpm(noiseAtLastStep: true))
    #expect(abs(noisy.step(state, step: 0, noise: Matrix<Float>([[2]]))[0, 0] - 1.55) < 1e-6)
  }
}
