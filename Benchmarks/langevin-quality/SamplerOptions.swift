import ArgumentParser
import Diffusion
import LinearAlgebra

/// How samples are drawn, where that departs from the model's own way.
struct SamplerOptions: ParsableArguments {
  @Option(help: "Steps of the sampler.")
  var steps: Int?

  @Option(
    help: "Sample by DDIM with this share of a random walk's noise, not by DPM-Solver++.")
  var eta: Double?

  @Flag(
    inversion: .prefixedNo,
    help: "Start the sampler from a Gaussian with the moments of the noisiest states.")
  var fromMoments: Bool?

  @Flag(inversion: .prefixedNo, help: "Clip the estimates to the range of the training points.")
  var clip: Bool?

  func validate() throws {
    if let eta, !(0...1).contains(eta) {
      throw ValidationError("--eta \(eta): choose a number from 0 to 1")
    }
    if let steps { try require("--steps", steps, in: 1...100_000) }
  }

  /// A sampler of `model`, which has learned `data`.
  func sampler(_ model: DiffusionModel, data: Matrix) -> Sampler {
    Sampler(
      model, method: eta.map { .ddim(eta: $0) }, steps: steps, fromMoments: fromMoments ?? false,
      box: clip == true ? DataBox(data) : nil)
  }
}
