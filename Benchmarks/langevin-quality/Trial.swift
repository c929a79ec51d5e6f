import Checkpoints
import Datasets
import Diffusion
import Evaluation
import LangevinThreading
import LinearAlgebra
import NeuralNetwork

/// A model to train, and the measures of its samples.
struct Trial {
  /// The source of the points.
  enum Source {
    /// A data set of the library.
    case named(Dataset)
    /// A published data set.
    case published(PublishedShape)

    var name: String {
      switch self {
      case .named(let dataset): dataset.name
      case .published(let shape): shape.rawValue
      }
    }

    /// Returns `count` training points.
    func trainingPoints(count: Int, seed: UInt64) -> Matrix<Float> {
      switch self {
      case .named(let dataset):
        dataset.points(count: count, RandomPurpose.dataset.stream(seed: seed))
      case .published(let shape): shape.points(count: count, seed: seed)
      }
    }

    /// Returns `count` fresh points to compare with.
    func freshPoints(count: Int, seed: UInt64) -> Matrix<Float> {
      switch self {
      case .named(let dataset):
        dataset.points(count: count, RandomPurpose.dataset.stream(seed: seed, index: 1))
      case .published(let shape): shape.points(count: count, seed: seed)
      }
    }
  }

  /// The name in the table.
  let name: String
  let source: Source
  var configuration: RunConfiguration
  let measures: [Measure]
  /// The options of the sampler; nil for the model's default sampler.
  private let samplerOptions: SamplerOptions?
  /// Whether the training points are also measured.
  var measuresTraining = false

  /// The number of fresh points in a set.
  private let referenceCount: Int
  /// The number of samples to measure.
  private static let sampleCount = 10_000
  /// The first seed of fresh points, above the seeds of training data.
  static let referenceSeed: UInt64 = 1001

  /// Creates a trial of `preset`, changed by `recipe`, on points of `source`.
  ///
  /// The number of training points is the one of `recipe`, else `count`, else the one of the preset. Samples
  /// are compared with `referenceCount` fresh points.
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

  /// Creates a trial with AI-Scientist's limits: 10 000 steps of 256 rows, on 100 000 points.
  init(_ shape: PublishedShape, seed: UInt64, recipe: RecipeOptions) throws {
    var recipe = recipe
    recipe.sharpen()
    recipe.batch = recipe.batch ?? 256
    recipe.epochs = recipe.epochs ?? 25
    try self.init(
      source: .published(shape), preset: .best, seed: seed, recipe: recipe,
      measures: [.knnKL], count: 100_000, referenceCount: 100_000)
  }

  /// Trains the model, samples it and measures the samples.
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
    _ samples: Matrix<Float>, _ data: Matrix<Float>, _ extent: ExtentOptions
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

  /// Returns the measures of `points` against fresh points.
  private func report(_ points: Matrix<Float>, _ extent: ExtentOptions) throws -> EvaluationReport {
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
