import Diffusion
import LinearAlgebra
import NeuralNetwork
import Testing

/// The plain program of Examples/FromScratch, compared with PyTorch and with the fast path for the same
/// parameters, batches, and noise.
@Suite struct PlainReferenceTests {
  private let fixture: ParityFixture

  init() throws { fixture = try ParityFixture() }

  /// The network with the fixture's parameters.
  private func network() throws -> NoisePredictor {
    let parameters = try fixture.model().network.parameters
    var network = NoisePredictor()
    for index in network.layers.indices {
      let name = "lin\(index + 1)"
      let isConditional = network.layers[index].embedding != nil
      let linear = isConditional ? "\(name).lin" : name
      network.layers[index].weight.value = try #require(parameters["\(linear).weight"])
      network.layers[index].bias.value = try #require(parameters["\(linear).bias"])
      if isConditional {
        network.layers[index].embedding?.value = try #require(parameters["\(name).embed.weight"])
      }
    }
    return network
  }

  @Test func scheduleMatchesTheOriginal() {
    let (plain, fast) = (VarianceSchedule(), NoiseSchedule.sigmoid(steps: 100))
    for t in 0..<100 {
      #expect(abs(plain.beta[t] / fast.beta[t] - 1) < 1e-12)
      #expect(abs(plain.alphaBar[t] / fast.alphaBar[t] - 1) < 1e-12)
    }
  }

  @Test func tenStepsMatchPyTorchAndTheFastPath() throws {
    var network = try network()
    let schedule = VarianceSchedule()
    let training = try Training(fixture.model(), data: fixture.batch(0).data)
    var losses: [Double] = []
    var norms: [Double] = []
    for number in 0..<ParityFixture.steps {
      let (data, timesteps, noise) = try fixture.batch(number)
      let t = timesteps.map { Int($0) }
      let step = network.train(schedule.diffuse(data, at: t, noise: noise), at: t, noise: noise)
      losses.append(step.loss)
      norms.append(step.norm)
      let fast = training.step(batch: data, timesteps: timesteps, noise: noise)
      #expect(
        abs(step.loss / fast.loss - 1) < 1e-5 && abs(step.norm / fast.gradientNorm - 1) < 1e-4)
    }
    #expect(try fixture.error(of: losses, "losses") <= 1)
    #expect(try fixture.error(of: norms, "grad_norms") <= 1)
    let embedding = try #require(network.layers[0].embedding)
    #expect(try fixture.error(of: embedding.value, "step9.after.lin1.embed.weight") <= 1)
    #expect(try fixture.error(of: network.layers[3].weight.value, "step9.after.lin4.weight") <= 1)
  }

  @Test func trajectoryMatchesPyTorch() throws {
    var network = try network()
    let schedule = VarianceSchedule()
    var states = [try fixture.start()]
    for t in (0..<100).reversed() {
      let x = states[states.count - 1]
      states.append(
        schedule.reverse(
          x, at: t, predictedNoise: network.predict(x, at: Array(repeating: t, count: x.rows)),
          z: try fixture.samplingNoise(t)))
    }
    #expect(try fixture.error(of: .vertically(states), "sample.ddpm_seed.trajectory") <= 1)
  }
}
