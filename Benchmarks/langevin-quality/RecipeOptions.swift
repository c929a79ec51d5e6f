import ArgumentParser
import Checkpoints
import Diffusion
import NeuralNetwork

/// What departs from the preset best, or, in the section neighbors, from what ``sharpen()`` sets.
struct RecipeOptions: ParsableArguments {
  @Option(help: "Points to train on.")
  var points: Int?

  @Option(help: "Passes over the data.")
  var epochs: Int?

  @Option(help: "Rows of a batch.")
  var batch: Int?

  @Option(help: "The learning rate at the start.")
  var learningRate: Double?

  @Option(help: "The decay of the average of the parameters.")
  var emaDecay: Double?

  @Option(help: "Rows of a batch that share a level.")
  var rowsPerLevel: Int?

  @Option(help: "The width of the network.")
  var width: Int?

  @Option(help: "The number of its blocks.")
  var blocks: Int?

  @Option(help: "Frequencies of the features of sigma.")
  var frequencies: Int?

  @Option(help: "Octaves of waves of the coordinates.")
  var octaves: Int?

  @Option(name: .customLong("mean"), help: "The mean of ln sigma.")
  var levelMean: Double?

  @Option(name: .customLong("deviation"), help: "The standard deviation of ln sigma.")
  var levelDeviation: Double?

  @Option(help: "The least sigma of the sampler.")
  var minimum: Double?

  @Option(help: "Its largest sigma.")
  var maximum: Double?

  @Option(help: "How sigmas crowd at the least.")
  var rho: Double?

  @OptionGroup var sampler: SamplerOptions

  func validate() throws {
    if let blocks { try require("--blocks", blocks, in: 1...64) }
    if let points { try require("--points", points, in: 1...10_000_000) }
    if let octaves { try require("--octaves", octaves, in: 0...PositionalEncoding.mostOctaves) }
  }

  /// Changes what is given, and leaves the rest.
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

  /// What resolves points and edges, where it was not asked for something else: waves of the coordinates,
  /// depth, levels down to small σ, and a sampler that walks at random, so that it forgets the errors of
  /// its steps.
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
