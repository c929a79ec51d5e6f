import Checkpoints
import Diffusion
import LinearAlgebra
import NeuralNetwork

/// A small run of a residual network that uses all options of its configuration.
enum ResidualRun {
  static let data = RandomStream(seed: 1, stream: 2).normal(rows: 21, columns: 2)

  static let configuration = RunConfiguration(
    dataset: .init(name: "swiss-roll", count: 30, seed: 3, noise: 0.5, heldOut: 0.3),
    model: .init(
      preset: .best, dimension: 2,
      network: .residual(width: 8, blocks: 2, frequencies: 4, octaves: 3),
      process: .logNormal(
        LogNormalNoise(mean: -1, deviation: 1.1, range: KarrasSigmas(maximum: 15))),
      prediction: .preconditioned, isStandardized: true),
    training: .init(
      batchSize: 8, learningRate: 0.02, warmUpSteps: 2, decay: .cosine,
      maximumGradientNorm: 1, weighting: .minimumSNR, rowsPerLevel: 4, emaDecay: 0.7, seed: 5,
      epochs: 4),
    moments: DataMoments(data))

  /// Returns a training of the configuration, from `state` or from the beginning.
  static func training(_ state: TrainingState? = nil) throws -> Training {
    let settings = configuration.trainingConfiguration(threads: 1)
    if let state { return try Training(state, data: data, configuration: settings) }
    return try Training(configuration.makeModel(), data: data, configuration: settings)
  }
}
