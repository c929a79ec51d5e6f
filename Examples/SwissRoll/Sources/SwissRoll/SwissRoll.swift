import Datasets
import Diffusion
import LinearAlgebra

/// Trains a residual network on the swiss roll for a moment, and samples from it.
@main
struct Example {
  static func main() throws {
    let data = SwissRoll(count: 2000).points(RandomStream(seed: 1))
    let model = DiffusionModel.residual(dimension: 2, moments: DataMoments(data), seed: 1)
    let training = try Training(
      model, data: data, configuration: .best(steps: 500, seed: 1))
    for step in training.prefix(500) where step.step % 100 == 0 {
      print("step \(step.step): loss \(step.loss)")
    }
    let samples = Sampler(training.result).sample(count: 1000, seed: 2)
    print("mean \(samples.columnMeans), deviation \(samples.columnStandardDeviations())")
    print("\(samples.rows) samples, all finite: \(samples.isFinite)")
  }
}
