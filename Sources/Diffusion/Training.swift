public import LinearAlgebra
public import NeuralNetwork
import Threading

/// What one step of training did.
public struct TrainingStep: Sendable, Hashable {
  /// The epoch, from 0.
  public let epoch: Int
  /// The step within the whole training, from 0.
  public let step: Int
  /// Whether it was the last of its epoch.
  public let endsEpoch: Bool
  /// The loss of the batch, before the update.
  public let loss: Double
  /// The norm of the gradients, before clipping.
  public let gradientNorm: Double
}

/// Training as a sequence of steps: the caller asks for each, and owns printing, saving, stopping.
///
///     let training = try Training(model, data: data)
///     for step in training.prefix(1000) { print(step.loss) }
///     let model = training.model
///
/// Each epoch visits a fresh permutation of the data. All random numbers are addressed by seed and
/// step, so that training which is stopped and resumed from its ``model`` and ``optimizer`` comes out
/// the same bits, as it does for any number of threads.
public final class Training: Sequence, IteratorProtocol {
  /// The model as trained so far.
  public private(set) var model: DiffusionModel
  /// How it is trained.
  public let configuration: TrainingConfiguration
  /// The optimiser.
  public private(set) var optimizer: Adam
  private let data: Matrix
  private let workspace: Workspace
  private let loss: NoiseEstimationLoss
  private var permutation: [Int]
  private var permutedEpoch = -1
  private var batch: Matrix
  private var noise: Matrix
  private var timesteps: [Int32]

  /// Training of `model` on the rows of `data`, from its start or from where `optimizer` stands,
  /// whose learning rate then counts.
  ///
  /// - Throws: ``TrainingError`` if data and settings do not fit.
  public init(
    _ model: DiffusionModel, data: Matrix, configuration: TrainingConfiguration = .init(),
    optimizer: Adam? = nil, engine: Engine = .current
  ) throws(TrainingError) {
    try Self.check(model, data, configuration)
    self.model = model
    self.configuration = configuration
    self.data = data
    self.optimizer =
      optimizer ?? Adam(model.network.parameters.layout, learningRate: configuration.learningRate)
    let size = configuration.batchSize
    workspace = Workspace(
      model.network, capacity: Swift.min(size, Workspace.chunkRows), engine: engine,
      pool: ThreadPool(threads: configuration.threads))
    loss = NoiseEstimationLoss(model, capacity: size, workspace: workspace)
    permutation = Array(0..<data.rows)
    batch = Matrix(rows: size, columns: data.columns)
    noise = Matrix(rows: size, columns: data.columns)
    timesteps = Array(repeating: 0, count: size)
  }

  private static func check(
    _ model: DiffusionModel, _ data: Matrix, _ configuration: TrainingConfiguration
  ) throws(TrainingError) {
    if data.rows == 0 { throw .noData }
    if data.columns != model.dimension {
      throw .wrongDimension(data: data.columns, model: model.dimension)
    }
    if configuration.batchSize < 1 || configuration.batchSize > data.rows {
      throw .invalidBatchSize(configuration.batchSize, rows: data.rows)
    }
    if !(configuration.learningRate > 0 && configuration.learningRate.isFinite) {
      throw .invalidLearningRate(configuration.learningRate)
    }
    if let norm = configuration.maximumGradientNorm, !(norm > 0) {
      throw .invalidGradientNorm(norm)
    }
    let elements = data.elements
    for i in elements.indices where !elements[i].isFinite {
      throw .dataNotFinite(row: i / data.columns, column: i % data.columns)
    }
  }

  /// Steps in an epoch; the last may have a smaller batch.
  public var stepsPerEpoch: Int {
    (data.rows + configuration.batchSize - 1) / configuration.batchSize
  }

  /// How many steps have been taken.
  public var stepsTaken: Int { optimizer.steps }

  /// The gradients of the last step, before clipping.
  public var gradients: Parameters { workspace.gradients }

  /// Is told of each part of a step when it is over.
  package var observer: ((StepPhase) -> Void)? {
    get { workspace.observer }
    set { workspace.observer = newValue }
  }

  /// Takes the next step. There is always one.
  public func next() -> TrainingStep? { step() }

  /// Takes the next step, on the next batch of the epoch's permutation.
  @discardableResult
  public func step() -> TrainingStep {
    let number = stepsTaken
    let epoch = number / stepsPerEpoch
    let first = number % stepsPerEpoch * configuration.batchSize
    let rows = Swift.min(configuration.batchSize, data.rows - first)
    prepareBatch(epoch: epoch, first: first, rows: rows, number: number)
    let (loss, norm) = update()
    return TrainingStep(
      epoch: epoch, step: number, endsEpoch: first + rows == data.rows, loss: loss,
      gradientNorm: norm)
  }

  /// Takes a step on a batch of the caller's, with its timesteps and noise.
  @discardableResult
  public func step(batch: Matrix, timesteps: [Int32], noise: Matrix) -> TrainingStep {
    let number = stepsTaken
    precondition(batch.rows > 0, "Training: a batch has no rows")
    (self.batch, self.timesteps, self.noise) = (batch, timesteps, noise)
    let (loss, norm) = update()
    return TrainingStep(
      epoch: number / stepsPerEpoch, step: number,
      endsEpoch: (number + 1) % stepsPerEpoch == 0, loss: loss, gradientNorm: norm)
  }

  private func prepareBatch(epoch: Int, first: Int, rows: Int, number: Int) {
    if epoch != permutedEpoch {
      for i in permutation.indices { permutation[i] = i }
      RandomPurpose.permutation.stream(seed: configuration.seed, index: epoch)
        .shuffle(&permutation, engine: workspace.engine)
      permutedEpoch = epoch
    }
    batch.resize(rows: rows)
    batch.gatherRows(of: data, at: permutation.span.extracting(first..<first + rows))
    noise.resize(rows: rows)
    RandomPurpose.trainingNoise.stream(seed: configuration.seed, index: number)
      .fillNormal(&noise, engine: workspace.engine)
    // Fewer timesteps only in the last batch of an epoch; the memory is kept.
    if timesteps.count > rows { timesteps.removeLast(timesteps.count - rows) }
    while timesteps.count < rows { timesteps.append(0) }
    RandomPurpose.timesteps.stream(seed: configuration.seed, index: number)
      .fillIntegers(below: model.schedule.steps, &timesteps, engine: workspace.engine)
  }

  private func update() -> (loss: Double, norm: Double) {
    let value = OpenBLAS.withOneThread {
      loss.evaluate(model.network, data: batch, timesteps: timesteps, noise: noise)
    }
    let norm = workspace.update(
      &model.network.parameters, by: &optimizer, maximumNorm: configuration.maximumGradientNorm)
    return (value, norm)
  }
}
