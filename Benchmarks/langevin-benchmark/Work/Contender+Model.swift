import Diffusion
import LinearAlgebra

extension Contender {
  /// Returns a contender that trains the model of the preset original, or of another width, for an epoch.
  static func training(
    _ name: String, width: Int = 128, batchSize: Int, threads: Int = 1, size: Int? = nil,
    engine: Engine, against: String
  ) throws(BenchmarkError) -> Contender {
    let model = DiffusionModel.original(hidden: [width, width, width])
    do {
      let training = try Training(
        model, data: ModelWork.data(batchSize: batchSize),
        configuration: TrainingConfiguration(batchSize: batchSize, threads: threads),
        engine: engine)
      return Contender(
        name, threads: threads, size: size,
        operations: model.network.trainingOperations(rows: batchSize),
        steps: training.stepsPerEpoch, against: against
      ) { for _ in 0..<training.stepsPerEpoch { training.step() } }
    } catch {
      throw .training(error.description)
    }
  }

  /// Returns a contender that samples `points` points from the preset original, through all timesteps.
  static func sampling(
    _ name: String, points: Int, threads: Int, engine: Engine, against: String
  ) -> Contender {
    let model = DiffusionModel.original()
    let sampler = Sampler(model)
    return Contender(
      name, threads: threads, operations: model.network.forwardOperations(rows: points),
      steps: sampler.steps, against: against
    ) {
      keep(sampler.sample(count: points, seed: 1, threads: threads, engine: engine))
    }
  }
}
