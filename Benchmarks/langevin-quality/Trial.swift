import Checkpoints
import Datasets
import Diffusion
import Evaluation
import LinearAlgebra
import NeuralNetwork
import Threading

/// A model to train, and what to measure of its samples.
struct Trial {
  /// Where its points come from.
  enum Source {
    /// A data set of the library.
    case named(String)
    /// A published one.
    case published(PublishedShape)
  }

  /// What it is called in the table.
  let name: String
  let source: Source
  var configuration: RunConfiguration
  let measures: [Measure]
  /// Steps of the sampler; nil for the model's own.
  let samplerSteps: Int?
  /// Whether the sampler starts from a Gaussian with the moments of the noisiest states.
  let startsFromMoments: Bool
  /// Whether the training points are measured as well.
  var measuresTraining = false

  /// How many samples are judged.
  private static let sampleCount = 10_000
  /// How many real points they are compared with in the published way.
  private static let publishedCount = 100_000
  /// Seeds of reference points begin here, far from those of training data.
  private static let referenceSeed: UInt64 = 1001

  /// `preset`, with what `recipe` changes, on 10 000 points of `source`.
  init(
    _ name: String, source: Source, preset: Preset, seed: UInt64, recipe: RecipeOptions?,
    measures: [Measure], count: Int = 10_000
  ) throws {
    self.name = name
    self.source = source
    self.measures = measures
    configuration = RunConfiguration(
      dataset: .init(name: name, count: count, seed: seed),
      model: preset.model(dimension: 2), training: preset.training(seed: seed))
    samplerSteps = recipe?.steps
    startsFromMoments = recipe?.fromMoments ?? false
    recipe?.apply(to: &configuration)
  }

  /// What AI-Scientist trains: at most 10 000 steps of 256 rows, on 100 000 points.
  init(_ shape: PublishedShape, seed: UInt64, recipe: RecipeOptions) throws {
    var recipe = recipe
    recipe.batch = recipe.batch ?? 256
    recipe.epochs = recipe.epochs ?? 25
    try self.init(
      shape.rawValue, source: .published(shape), preset: .best, seed: seed, recipe: recipe,
      measures: [.knnKL], count: Self.publishedCount)
  }

  /// Trains, samples and measures.
  func run(_ extent: ExtentOptions) throws -> Outcome {
    var configuration = configuration
    if extent.quick {
      configuration.training.epochs = max(1, configuration.training.epochs / 10)
    }
    let seed = configuration.training.seed
    let data = try points(count: configuration.dataset.count, seed: seed, isReference: false)
    configuration.moments = DataMoments(data)
    let state = TrainingState(
      try configuration.makeModel(), averageDecay: configuration.training.averageDecay)
    let batch = configuration.training.batchSize
    let training = try Training(
      state, data: data,
      configuration: configuration.trainingConfiguration(
        threads: max(1, min(extent.threads, batch / 64))))
    let steps = configuration.training.epochs * training.stepsPerEpoch
    let clock = ContinuousClock()
    var start = clock.now
    for _ in 0..<steps {
      training.step()
      if let divergence = training.divergence { throw QualityError.diverged("\(divergence)") }
    }
    let seconds = (clock.now - start) / .seconds(1)
    let sampler = Sampler(
      training.result, steps: samplerSteps, fromMoments: startsFromMoments)
    start = clock.now
    let samples = sampler.sample(count: Self.sampleCount, seed: seed, threads: extent.threads)
    return Outcome(
      name: name, seed: seed, width: configuration.model.hidden[0],
      blocks: configuration.model.hidden.count, steps: steps, seconds: seconds,
      samplingSeconds: (clock.now - start) / .seconds(1), evaluations: sampler.evaluations,
      comparisons: try comparisons(samples, data, extent), published: published)
  }

  private var published: Double? {
    if case .published(let shape) = source { shape.publishedBits } else { nil }
  }

  private func points(count: Int, seed: UInt64, isReference: Bool) throws -> Matrix {
    switch source {
    case .named(let name):
      try NamedDataset.named(name).points(
        count: count,
        RandomPurpose.dataset.stream(seed: seed, index: isReference ? 1 : 0))
    case .published(let shape): shape.points(count: count, seed: seed)
    }
  }

  private func comparisons(
    _ samples: Matrix, _ data: Matrix, _ extent: ExtentOptions
  ) throws -> [Comparison] {
    switch source {
    case .named(let name):
      let own = try report(samples, name, extent)
      let training = measuresTraining ? try report(data, name, extent) : nil
      return measures.compactMap { measure in
        own[measure].map {
          Comparison(
            measure: measure, value: $0.value, floor: $0.floor,
            training: training?[measure]?.value)
        }
      }
    case .published(let shape):
      let pool = ThreadPool(threads: extent.threads)
      let divergence = NearestNeighborDivergence(neighbor: 5)
      let pairs = try (0..<UInt64(extent.sets)).map { index in
        let seed = Self.referenceSeed + 2 * index
        let real = shape.points(count: Self.publishedCount, seed: seed)
        let fresh = shape.points(count: samples.rows, seed: seed + 1)
        return (
          try divergence.bits(samples: samples, data: real, pool: pool),
          try divergence.bits(samples: fresh, data: real, pool: pool)
        )
      }
      return [
        Comparison(
          measure: .knnKL, value: Spread(pairs.map(\.0)), floor: Spread(pairs.map(\.1)))
      ]
    }
  }

  /// `points` against fresh ones of the data set `name`.
  private func report(
    _ points: Matrix, _ name: String, _ extent: ExtentOptions
  ) throws -> EvaluationReport {
    let dataset = try NamedDataset.named(name)
    let report = try Evaluation(
      measures: Set(measures), seeds: extent.sets, seed: Self.referenceSeed,
      threads: extent.threads
    ).evaluate(
      samples: points,
      against: .drawn { seed in
        dataset.points(
          count: points.rows, RandomPurpose.dataset.stream(seed: seed, index: 1))
      })
    if let omission = report.omitted.first {
      throw QualityError.notMeasured(omission.measure, omission.reason)
    }
    return report
  }
}
