import Datasets
import Diffusion
import LinearAlgebra

/// Trains the original program's model on the swiss roll for a moment, and samples from it.
@main
struct Example {
  static func main() throws {
    let data = SwissRoll(count: 2000).points(RandomStream(seed: 1))
    let training = try Training(.seed(seed: 1), data: data, configuration: .init(seed: 1))
    for step in training.prefix(200) where step.step % 50 == 0 {
      print("step \(step.step): loss \(step.loss)")
    }
    let samples = Sampler(training.result).sample(count: 1000, seed: 2)
    print("mean \(samples.columnMeans), deviation \(samples.columnStandardDeviations())")
    print("\(samples.rows) samples, all finite: \(samples.isFinite)")
  }
}
