import ArgumentParser
import Diffusion
import LinearAlgebra

/// The options that change the model's default sampler.
struct SamplerOptions: ParsableArguments {
  @Option(help: "The number of sampling steps.")
  var steps: Int?

  @Option(
    help: "Sample by DDIM with this eta, from 0 (deterministic) to 1, not by DPM-Solver++.")
  var eta: Double?

  @Flag(
    inversion: .prefixedNo,
    help: "Start sampling from a Gaussian with the moments of the noisiest states.")
  var fromMoments: Bool?

  @Flag(inversion: .prefixedNo, help: "Clip the estimates to the range of the training points.")
  var clip: Bool?

  func validate() throws {
    if let eta, !(0...1).contains(eta) {
      throw ValidationError("--eta \(eta): choose a number from 0 to 1")
    }
    if let steps { try require("--steps", steps, in: 1...100_000) }
  }

  /// Returns a sampler of `model`, which has been trained on `data`.
  func sampler(_ model: DiffusionModel, data: Matrix<Float>) -> Sampler {
    Sampler(
      model, method: eta.map { .ddim(eta: $0) }, steps: steps, fromMoments: fromMoments ?? false,
      box: clip == true ? DataBox(data) : nil)
  }
}
