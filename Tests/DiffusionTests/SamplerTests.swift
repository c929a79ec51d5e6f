import Diffusion
import LinearAlgebra
import NeuralNetwork
import Testing

/// Samples depend only on the model and the seed, and equal the last state of the trajectory.
@Suite struct SamplerTests {
  private static let model = DiffusionModel.original(hidden: [17, 16], steps: 6)

  @Test(arguments: everyEngine, [1, 2, 3])
  func samplesMatchTheEndOfTheTrajectory(_ engine: Engine, threads: Int) {
    let sampler = Sampler(Self.model, method: .ddpm(noiseAtLastStep: true))
    let samples = sampler.sample(count: 300, seed: 4, threads: threads, engine: engine)
    let states = sampler.trajectory(count: 300, seed: 4, threads: threads, engine: engine)
    #expect(states.count == 7)
    #expect(states.last == samples)
    let start = RandomPurpose.samplingNoise.stream(seed: 4, index: 6)
      .normal(rows: 300, columns: 2)
    #expect(states.first == start)
    #expect(samples == sampler.sample(count: 300, seed: 4, engine: engine))
    #expect(samples != sampler.sample(count: 300, seed: 5, engine: engine))
  }

  @Test(arguments: everyEngine, [0, 1, 100, 127, 128, 129, 299])
  func samplesDoNotDependOnTheCount(_ engine: Engine, count: Int) {
    let sampler = Sampler(Self.model)
    let many = sampler.sample(count: 300, seed: 4, threads: 2, engine: engine)
    #expect(sampler.sample(count: count, seed: 4, engine: engine) == many.rows(0..<count))
    let last = sampler.trajectory(count: count, seed: 4, engine: engine).last
    #expect(last == many.rows(0..<count))
  }

  /// Repeats all steps one by one with the noise of each.
  @Test(arguments: everyEngine)
  func trajectoryMatchesSingleSteps(_ engine: Engine) {
    let sampler = Sampler(Self.model)
    let states = sampler.trajectory(count: 10, seed: 4, engine: engine)
    for t in 0..<6 {
      let noise = RandomPurpose.samplingNoise.stream(seed: 4, index: t)
        .normal(rows: 10, columns: 2)
      let next = sampler.step(
        states[5 - t], step: 5 - t, noise: t > 0 ? noise : nil, engine: engine)
      for (found, expected) in zip(doubles(states[6 - t]), doubles(next)) {
        #expect(abs(found - expected) < 1e-6)
      }
    }
  }

  @Test func omitsOnlyTheNoiseOfTheLastStep() {
    let with = Sampler(Self.model, method: .ddpm(noiseAtLastStep: true)).sample(count: 200, seed: 8)
    let without = Sampler(Self.model).sample(count: 200, seed: 8)
    let noise = RandomPurpose.samplingNoise.stream(seed: 8).normal(rows: 200, columns: 2)
    let factor = NoiseSchedule.sigmoid(steps: 6).beta[0].squareRoot()
    let difference = zip(doubles(with), doubles(without)).map { $0 - $1 }
    for (found, z) in zip(difference, doubles(noise)) {
      #expect(abs(found - factor * z) < 1e-6)
    }
    #expect(with != without)
  }

  @Test func rejectsInvalidStepsAndNoiseShapes() async {
    await #expect(processExitsWith: .failure) {
      let sampler = Sampler(.original(hidden: [4], steps: 3))
      _ = sampler.step(Matrix<Float>(rows: 2, columns: 2), step: 3, noise: nil)
    }
    await #expect(processExitsWith: .failure) {
      let sampler = Sampler(.original(hidden: [4], steps: 3))
      _ = sampler.step(
        Matrix<Float>(rows: 2, columns: 2), step: 1, noise: Matrix<Float>(rows: 1, columns: 2))
    }
  }
}
