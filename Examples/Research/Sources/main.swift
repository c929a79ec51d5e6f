// Your own parts in place of those of the package: a denoiser, a sampler, layers, a process and a loss.
import Datasets
import Diffusion
import Evaluation
import Foundation
import LinearAlgebra
import NeuralNetwork

func distance(_ samples: Matrix<Float>, _ data: Matrix<Float>) throws -> Double {
  try Distance.slicedWasserstein(samples: samples, reference: data)
}

// An exact denoiser and a sampler.
let centers = Matrix<Float>(rows: 8, columns: 2) { k, j in
  let angle = Float(k) / 8 * 2 * Float.pi
  return 2 * (j == 0 ? cos(angle) : sin(angle))
}
var ring = 0.1 * RandomStream(seed: 9).normal(rows: 4000, columns: 2)
ring += centers.rows(at: (0..<4000).map { $0 % 8 })
let levels = KarrasSigmas(minimum: 0.01, maximum: 30).levels(count: 40)
for method in [SamplingMethod.heun(), .custom(eulerAncestral)] {
  let sampler = Sampler(isotropicMixture(centers, s: 0.1), levels: levels, method: method)
  let samples = sampler.sample(count: 4000, seed: 1, threads: 2)
  print("ring by \(method == .heun() ? "heun" : "euler a"): \(try distance(samples, ring) < 0.1)")
}
let trajectory = Sampler(
  isotropicMixture(centers, s: 0.1), levels: levels, method: .custom(eulerAncestral)
).trajectory(count: 100, seed: 1)
print("states of the trajectory: \(trajectory.count)")

// Layers, trained on one and on two threads; their gradient is compared with central differences.
let schedule = NoiseSchedule.cosine(steps: 200)
func network() -> Network {
  Network(
    [
      ConditionalLinear("l1", inputs: 2, outputs: 64, conditions: 200), Gain(name: "g", width: 64),
      mish, ConditionalLinear("l2", inputs: 64, outputs: 64, conditions: 200), mish,
      Linear("out", inputs: 64, outputs: 2),
    ], inputWidth: 2)
}
let roll = Dataset.swissRoll.points(count: 10_000, RandomStream(seed: 1))
let fresh = Dataset.swissRoll.points(count: 4000, RandomStream(seed: 7))
let scale = Standardization(DataMoments(roll))
let trained = try [1, 2].map { threads in
  let training = try Training(
    DiffusionModel(
      process: .discrete(schedule), prediction: .velocity, network: network(),
      standardization: scale),
    data: roll, configuration: .init(seed: 1, threads: threads))
  for _ in training.prefix(500) {}
  return training.result.network.parameters
}
print("the same bits on 1 and 2 threads: \(trained[0] == trained[1])")

let input = RandomStream(seed: 5).normal(rows: 7, columns: 2)
let conditions = (0..<7).map { Int32($0) }
let workspace = Workspace(network(), capacity: 7)
let outputs = workspace.forward(network(), input, conditions: conditions)
workspace.backward(network(), input, conditions: conditions, outputGradients: outputs)
func loss(_ change: Float) -> Double {
  var changed = network()
  changed.parameters["g.gain"]?[0, 5] += change
  return 0.5 * changed(input, conditions: conditions).squaredNorm
}
let gradient = Double(workspace.gradients["g.gain"]?[0, 5] ?? .nan)
let slope = (loss(0.01) - loss(-0.01)) / 0.02
print("the gradient is the slope: \(abs(gradient - slope) < 1e-2 * max(abs(slope), 0.01))")

// Processes, a loss and a network with an embedding of the noise level, trained by `Training`.
let features = FourierFeatures(count: 16)
let models = [
  (
    "log-uniform levels, pseudo-Huber loss", PseudoHuber() as any Loss,
    DiffusionModel.residual(
      dimension: 2, process: .continuous(LogUniform()), moments: DataMoments(roll))
  ),
  (
    "rectified flow, own network", SquaredError(),
    DiffusionModel(
      process: .continuous(RectifiedFlow()), prediction: .flow,
      network: levelNetwork(features: features), features: features, standardization: scale)
  ),
]
for (name, loss, model) in models {
  let training = try Training(
    model, data: roll,
    configuration: .init(learningRate: 2e-3, loss: loss, emaDecay: 0.999, seed: 1, threads: 2))
  for _ in training.prefix(4000) {}
  let samples = Sampler(training.result, steps: 40).sample(count: 4000, seed: 2, threads: 2)
  print("\(name): \(try distance(samples, fresh) < 1)")
}
