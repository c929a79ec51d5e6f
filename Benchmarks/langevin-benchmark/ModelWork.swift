import Datasets
import Diffusion
import LinearAlgebra
import NeuralNetwork

/// What the seed's model spends its time on: steps of training, and of sampling.
enum ModelWork: CaseIterable {
  /// A step on a batch of the swiss roll: forward, backward, Adam.
  case training
  /// The reverse process, all timesteps of all points.
  case sampling

  private static let batchSize = 128
  private static let points = 2_000

  private static let engines = [
    ("swift", Engine.swift), (Contender.reference, Engine.openBLAS),
  ]

  /// The row of the tables.
  var subject: Subject {
    let model = DiffusionModel.seed()
    let perRow = Double(model.network.operationsPerRow)
    return switch self {
    case .training:
      // A product forward, two of the same size backward.
      Subject(
        kind: .model, group: "training step", detail: "of \(Self.batchSize) points",
        operations: 3 * perRow * Double(Self.batchSize), steps: 1
      ) { () throws(BenchmarkError) in try Self.trainingContenders(model) }
    case .sampling:
      Subject(
        kind: .model, group: "sampling step", detail: "of \(Self.points) points",
        operations: perRow * Double(Self.points), steps: model.schedule.steps
      ) { () throws(BenchmarkError) in Self.samplingContenders(model) }
    }
  }

  private static func trainingContenders(
    _ model: DiffusionModel
  ) throws(BenchmarkError) -> [Contender] {
    let data = SwissRoll().points(RandomStream(seed: 1))
    var contenders: [Contender] = []
    for (name, engine) in engines {
      do {
        let training = try Training(
          model, data: data, configuration: TrainingConfiguration(batchSize: batchSize),
          engine: engine)
        contenders.append(Contender(name: name, threads: 1) { training.step() })
      } catch {
        throw .training(error.description)
      }
    }
    return contenders
  }

  private static func samplingContenders(_ model: DiffusionModel) -> [Contender] {
    let sampler = AncestralSampler(model)
    return engines.map { name, engine in
      Contender(name: name, threads: 1) {
        keep(sampler.sample(count: points, seed: 1, engine: engine))
      }
    }
  }
}
