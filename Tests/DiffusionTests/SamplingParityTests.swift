import Diffusion
import LinearAlgebra
import NeuralNetwork
import Testing

/// The reverse process, compared with the original program, Ho et al.'s sampler, and diffusers.
@Suite struct SamplingParityTests {
  private let fixture: ParityFixture

  init() throws { fixture = try ParityFixture() }

  private func trajectory(_ engine: Engine, noiseAtLastStep: Bool) throws -> [Matrix<Float>] {
    let model = try fixture.model()
    let sampler = Sampler(model, method: .ddpm(noiseAtLastStep: noiseAtLastStep))
    var states = [try fixture.start()]
    for step in 0..<sampler.steps {
      let noise = try fixture.samplingNoise(sampler.steps - 1 - step)
      states.append(
        sampler.step(states[states.count - 1], step: step, noise: noise, engine: engine))
    }
    return states
  }

  @Test(arguments: everyEngine)
  func trajectoryWithFinalNoiseMatchesPyTorch(_ engine: Engine) throws {
    let states = try trajectory(engine, noiseAtLastStep: true)
    #expect(try fixture.error(of: .vertically(states), "sample.ddpm_seed.trajectory") <= 1)
    #expect(try fixture.error(of: states[100], "sample.ddpm_seed.final") <= 1)
  }

  @Test(arguments: everyEngine)
  func samplesMatchPyTorch(_ engine: Engine) throws {
    let states = try trajectory(engine, noiseAtLastStep: false)
    #expect(try fixture.error(of: states[100], "sample.ddpm.final") <= 1)
  }

  @Test(arguments: everyEngine, [("ddim", SamplingMethod.ddim()), ("dpmpp2m", .dpmSolver2M)])
  func samplesMatchDiffusers(
    _ engine: Engine, _ sampling: (name: String, method: SamplingMethod)
  ) throws {
    let timesteps = try fixture.timesteps("sample.\(sampling.name).timesteps")
    #expect(timesteps.count == 20)
    let schedule = NoiseSchedule.sigmoid(steps: 100)
    let sampler = Sampler(
      try fixture.model(), levels: schedule.levels(timesteps: timesteps), method: sampling.method)
    let samples = sampler.run(from: try fixture.start(), engine: engine)
    #expect(try fixture.error(of: samples, "sample.\(sampling.name).final") <= 1)
  }
}
