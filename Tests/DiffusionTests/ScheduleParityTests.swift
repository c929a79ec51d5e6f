import Diffusion
import LinearAlgebra
import NeuralNetwork
import Testing

/// The original schedule and its forward process, compared with the original program.
@Suite struct ScheduleParityTests {
  private let fixture: ParityFixture

  init() throws { fixture = try ParityFixture() }

  @Test func tablesMatchPyTorch() throws {
    let schedule = NoiseSchedule.sigmoid(steps: 100)
    #expect(try fixture.error(of: schedule.beta, "schedule.betas") <= 1)
    #expect(try fixture.error(of: schedule.alphaBar, "schedule.alphas_bar") <= 1)
  }

  @Test func statesMatchPyTorch() throws {
    let (data, timesteps, noise) = try fixture.batch(0)
    let states = ForwardProcess(.sigmoid(steps: 100))
      .diffuse(data, timesteps: timesteps, noise: noise)
    #expect(try fixture.error(of: states, "step0.x_t") <= 1)
  }

  @Test(arguments: everyEngine)
  func outputsMatchPyTorch(_ engine: Engine) throws {
    let (data, timesteps, noise) = try fixture.batch(0)
    let model = try fixture.model()
    let states = ForwardProcess(.sigmoid(steps: 100))
      .diffuse(data, timesteps: timesteps, noise: noise)
    let outputs = model.network(states, conditions: timesteps, engine: engine)
    #expect(try fixture.error(of: outputs, "step0.output") <= 1)
  }
}
