import Checkpoints
import Datasets
import Diffusion
import Evaluation
import LangevinThreading
import LinearAlgebra
import NeuralNetwork

/// A model to train, and what to measure of its samples.
struct Trial {
  /// Where its points come from.
  enum Source {
    /// A data set of the library.
    case named(NamedDataset)
    /// A published one.
    case published(PublishedShape)

    var name: String {
      switch self {
      case .named(let dataset): dataset.name
      case .published(let shape): shape.rawValue
      }
    }

    /// `count` points to train on.
    func trainingPoints(count: Int, seed: UInt64) -> Matrix {
      switch self {
      case .named(let dataset):
        dataset.points(count: count, RandomPurpose.dataset.stream(seed: seed))
      case .published(let shape): shape.points(count: count, seed: seed)
      }
    }

    /// `count` points to compare with.
    func freshPoints(count: Int, seed: UInt64) -> Matrix {
      switch self {
      case .named(let dataset):
        dataset.points(count: count, RandomPurpose.dataset.stream(seed: seed, index: 1))
      case .published(let shape): shape.points(count: count, seed: seed)
      }
    }
  }

  /// What it is called in the table.
  let name: String
  let source: Source
  var configuration: RunConfiguration
  let measures: [Measure]
  /// How it is sampled; nil for the model's own way.
  private let samplerOptions: SamplerOptions?
  /// Whether the training points are measured as well.
  var measuresTraining = false

  /// How many fresh points they are compared with.
  private let referenceCount: Int
  /// How many samples are judged.
  private static let sampleCount = 10_000
  /// Seeds of fresh points begin here, beyond those of training data.
  static let referenceSeed: UInt64 = 1001

  /// `preset`, with what `recipe` changes, on `count` points of `source` unless it names another number,
  /// by default the preset's. Samples are compared with `referenceCount` fresh points.
  init(
    _ name: String? = nil, source: Source, preset: Preset, seed: UInt64, recipe: RecipeOptions?,
    measures: [Measure], count: Int? = nil, referenceCount: Int = 10_000
  ) throws {
    self.name = name ?? source.name
    self.source = source
    self.measures = measures
    self.referenceCount = referenceCount
    let count = recipe?.points ?? count ?? preset.points
    configuration = RunConfiguration(
      dataset: .init(name: source.name, count: count, seed: seed),
      model: preset.model(dimension: 2, rows: count),
      training: preset.training(seed: seed, rows: count))
    samplerOptions = recipe?.sampler
    try recipe?.apply(to: &configuration)
    try configuration.validate()
  }

  /// What AI-Scientist trains: at most 10 000 steps of 256 rows, on 100 000 points.
  init(_ shape: PublishedShape, seed: UInt64, recipe: RecipeOptions) throws {
    var recipe = recipe
    recipe.sharpen()
    recipe.batch = recipe.batch ?? 256
    recipe.epochs = recipe.epochs ?? 25
    try self.init(
      source: .published(shape), preset: .best, seed: seed, recipe: recipe,
      measures: [.knnKL], count: 100_000, referenceCount: 100_000)
  }

  /// Trains, samples and measures.
  func run(_ extent: ExtentOptions) throws -> Outcome {
    var configuration = configuration
    if extent.quick {
      configuration.training.epochs = max(1, configuration.training.epochs / 10)
    }
    let seed = configuration.training.seed
    let data = source.trainingPoints(count: configuration.dataset.count, seed: seed)
    configuration.moments = DataMoments(data)
    let state = TrainingState(
      try configuration.makeModel(), emaDecay: configuration.training.emaDecay)
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
    let sampler =
      samplerOptions?.sampler(training.result, data: data) ?? Sampler(training.result)
    start = clock.now
    let samples = sampler.sample(count: Self.sampleCount, seed: seed, threads: extent.threads)
    return Outcome(
      name: name, seed: seed, width: configuration.model.network.widths[0],
      blocks: configuration.model.network.widths.count, steps: steps, seconds: seconds,
      samplingSeconds: (clock.now - start) / .seconds(1), evaluations: sampler.evaluations,
      comparisons: try comparisons(samples, data, extent), published: published)
  }

  private var published: Double? {
    if case .published(let shape) = source { shape.publishedBits } else { nil }
  }

  private func comparisons(
    _ samples: Matrix, _ data: Matrix, _ extent: ExtentOptions
  ) throws -> [Comparison] {
    let own = try report(samples, extent)
    let training = measuresTraining ? try report(data, extent) : nil
    return measures.compactMap { measure in
      own[measure].map {
        Comparison(
          measure: measure, value: $0.value, floor: $0.floor, training: training?[measure]?.value)
      }
    }
  }

  /// `points` against fresh ones.
  private func report(_ points: Matrix, _ extent: ExtentOptions) throws -> EvaluationReport {
    let (source, count) = (source, referenceCount)
    let report = try Evaluator(
      measures: Set(measures), seeds: extent.sets, seed: Self.referenceSeed,
      threads: extent.threads
    ).evaluate(
      samples: points, against: .drawn { source.freshPoints(count: count, seed: $0) })
    if let omission = report.omitted.first {
      throw QualityError.notMeasured(omission.measure, omission.reason)
    }
    return report
  }
}
