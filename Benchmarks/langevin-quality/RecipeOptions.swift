import ArgumentParser
import Checkpoints
import Diffusion
import NeuralNetwork

/// Changes to the preset best, or, in the section neighbors, to the recipe of ``sharpen()``.
struct RecipeOptions: ParsableArguments {
  @Option(help: "The number of training points.")
  var points: Int?

  @Option(help: "The number of epochs.")
  var epochs: Int?

  @Option(help: "The number of rows in a batch.")
  var batch: Int?

  @Option(help: "The initial learning rate.")
  var learningRate: Double?

  @Option(help: "The decay of the EMA of the parameters.")
  var emaDecay: Double?

  @Option(help: "The number of rows in a batch that share a noise level.")
  var rowsPerLevel: Int?

  @Option(help: "The width of the network.")
  var width: Int?

  @Option(help: "The number of residual blocks.")
  var blocks: Int?

  @Option(help: "The number of frequencies in the features of sigma.")
  var frequencies: Int?

  @Option(help: "The number of octaves in the encoding of coordinates.")
  var octaves: Int?

  @Option(name: .customLong("mean"), help: "The mean of ln sigma in training.")
  var levelMean: Double?

  @Option(name: .customLong("deviation"), help: "The standard deviation of ln sigma in training.")
  var levelDeviation: Double?

  @Option(help: "The smallest sigma of the sampler.")
  var minimum: Double?

  @Option(help: "The largest sigma of the sampler.")
  var maximum: Double?

  @Option(help: "The exponent rho that spaces the sampler's sigmas.")
  var rho: Double?

  @OptionGroup var sampler: SamplerOptions

  func validate() throws {
    if let blocks { try require("--blocks", blocks, in: 1...64) }
    if let points { try require("--points", points, in: 1...10_000_000) }
    if let octaves { try require("--octaves", octaves, in: 0...PositionalEncoding.mostOctaves) }
  }

  /// Changes the settings whose options are given.
  func apply(to configuration: inout RunConfiguration) throws {
    var model = configuration.model
    var training = configuration.training
    let widths = model.network.widths
    model.network = model.network.changed(
      widths: Array(repeating: width ?? widths[0], count: blocks ?? widths.count),
      frequencies: frequencies, octaves: octaves)
    if case .logNormal(let levels) = model.process {
      let minimum = minimum ?? levels.range.minimum
      let maximum = maximum ?? levels.range.maximum
      let rho = rho ?? levels.range.rho
      guard 0 < minimum, minimum < maximum, maximum.isFinite, rho > 0 else {
        throw ValidationError(
          """
          --minimum \(minimum), --maximum \(maximum), --rho \(rho): choose numbers above 0, the \
          minimum below the maximum
          """)
      }
      model.process = .logNormal(
        LogNormalNoise(
          mean: levelMean ?? levels.mean, deviation: levelDeviation ?? levels.deviation,
          range: KarrasSigmas(minimum: minimum, maximum: maximum, rho: rho)))
    }
    training.epochs = epochs ?? training.epochs
    training.batchSize = batch ?? training.batchSize
    training.learningRate = learningRate ?? training.learningRate
    training.emaDecay = emaDecay ?? training.emaDecay
    training.rowsPerLevel = rowsPerLevel ?? training.rowsPerLevel
    configuration.model = model
    configuration.training = training
  }

  /// Sets the options that are not given to a recipe that resolves points and edges.
  ///
  /// The recipe has waves of the coordinates, more blocks, levels down to small σ, and a stochastic sampler,
  /// which forgets the errors of its steps.
  mutating func sharpen() {
    octaves = octaves ?? 9
    width = width ?? 128
    blocks = blocks ?? 12
    learningRate = learningRate ?? 4e-3
    levelMean = levelMean ?? -3
    levelDeviation = levelDeviation ?? 2
    minimum = minimum ?? 0.005
    maximum = maximum ?? 5
    sampler.steps = sampler.steps ?? 100
    sampler.eta = sampler.eta ?? 1
    sampler.fromMoments = sampler.fromMoments ?? true
    sampler.clip = sampler.clip ?? true
  }
}
