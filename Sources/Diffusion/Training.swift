import LangevinPreconditions
import LangevinThreading
public import LinearAlgebra
public import NeuralNetwork

/// The result of one training step.
public struct TrainingStep: Sendable, Hashable {
  /// The epoch, from 0.
  public let epoch: Int
  /// The step within the whole training, from 0.
  public let step: Int
  /// Whether the step was the last of its epoch.
  public let endsEpoch: Bool
  /// The loss of the batch, before the update.
  public let loss: Double
  /// The norm of the gradients, before clipping.
  public let gradientNorm: Double
}

/// Training as a sequence of steps. The caller requests each step, and is responsible for printing, saving
/// and stopping.
///
///     let training = try Training(model, data: data)
///     for step in training.prefix(1000) { print(step.loss) }
///     let samples = Sampler(training.result).sample(count: 1000, seed: 1)
///
/// Each epoch visits a fresh permutation of the data. Seed and step determine all random numbers.
/// Training that is stopped and resumed from its ``state`` therefore gives the same bits as uninterrupted
/// training, and so does any number of threads.
///
/// The sequence ends where numbers leave the range of `Float` (``divergence``). The state is then that before
/// the step.
public final class Training: Sequence, IteratorProtocol {
  /// The state of the training, which changes with each step.
  public private(set) var state: TrainingState
  /// The settings of the training.
  public let configuration: TrainingConfiguration
  /// The step at which numbers left the range of `Float`, after which ``next()`` returns nil; nil if there was
  /// no such step.
  public private(set) var divergence: Divergence?
  private let data: Matrix<Float>
  private let workspace: Workspace
  private let loss: DenoisingLoss
  private let noisy: NoisyBatch
  private let heldOut: HeldOutLoss?
  private var permutation: [Int]
  private var permutedEpoch = -1
  private var batch: Matrix<Float>
  private var noise: Matrix<Float>

  /// Creates the training of `model` on the rows of `data`, from its start.
  ///
  /// ``heldOutLoss()`` evaluates the rows of `heldOut`. `data` and `heldOut` are in the space of the data,
  /// before the model's standardization. For a model with contexts, a row is a point followed by its context.
  ///
  /// - Throws: ``TrainingError`` if the data or the settings are invalid.
  public convenience init(
    _ model: DiffusionModel, data: Matrix<Float>, heldOut: Matrix<Float>? = nil,
    configuration: TrainingConfiguration = .init(), engine: Engine = .current
  ) throws(TrainingError) {
    try self.init(
      TrainingState(model, emaDecay: configuration.emaDecay), data: data,
      heldOut: heldOut, configuration: configuration, engine: engine)
  }

  /// Creates a training that resumes from `state`.
  ///
  /// - Throws: ``TrainingError`` if the data or the settings are invalid.
  public init(
    _ state: TrainingState, data: Matrix<Float>, heldOut: Matrix<Float>? = nil,
    configuration: TrainingConfiguration = .init(), engine: Engine = .current
  ) throws(TrainingError) {
    let model = state.model
    try configuration.check(rows: data.rows)
    if model.features == nil && model.process.schedule == nil { throw .noLevels }
    for data in [data, heldOut ?? data] { try Self.check(data, model) }
    self.state = state
    self.configuration = configuration
    self.data = model.standardized(data)
    let size = configuration.batchSize
    workspace = Workspace(
      model.network, capacity: Swift.min(size, Workspace.chunkRows), engine: engine,
      pool: ThreadPool(threads: configuration.threads))
    loss = DenoisingLoss(model.loss(configuration.loss), capacity: size)
    noisy = NoisyBatch(
      model, weighting: configuration.weighting, rowsPerLevel: configuration.rowsPerLevel,
      capacity: size)
    self.heldOut = heldOut.flatMap { heldOut in
      if heldOut.rows == 0 { return nil }
      return HeldOutLoss(
        model, data: model.standardized(heldOut), weighting: configuration.weighting,
        loss: configuration.loss, seed: configuration.seed, engine: engine)
    }
    permutation = Array(0..<data.rows)
    batch = Matrix<Float>(rows: size, columns: data.columns)
    noise = Matrix<Float>(rows: size, columns: model.dimension)
  }

  private static func check(_ data: Matrix<Float>, _ model: DiffusionModel) throws(TrainingError) {
    if data.columns != model.rowWidth {
      throw .wrongDimension(data: data.columns, model: model.rowWidth)
    }
    let elements = data.elements
    for i in elements.indices where !elements[i].isFinite {
      throw .dataNotFinite(row: i / data.columns, column: i % data.columns)
    }
    for (variable, count) in model.categories.enumerated() {
      let column = model.dimension + variable
      for row in 0..<data.rows {
        let code = data[row, column]
        if code < 0 || code >= Float(count) || code != code.rounded() {
          throw .noCategory(row: row, column: column, count: count)
        }
      }
    }
  }

  /// The model as trained so far.
  public var model: DiffusionModel { state.model }
  /// The optimizer.
  public var optimizer: Adam { state.optimizer }
  /// The model to sample from, with the EMA of its parameters if an EMA is kept.
  public var result: DiffusionModel { state.result }

  /// The number of steps in an epoch. The last step may have a smaller batch.
  public var stepsPerEpoch: Int {
    (data.rows + configuration.batchSize - 1) / configuration.batchSize
  }

  /// The number of steps taken.
  public var stepsTaken: Int { state.optimizer.steps }

  /// The gradients of the last step, before clipping.
  package var gradients: Parameters { workspace.gradients }

  /// Returns the loss of ``result`` on the held-out data; nil without held-out data.
  ///
  /// Levels and noise are always the same.
  public func heldOutLoss() -> Double? {
    guard let heldOut else { return nil }
    return OpenBLAS.withOneThread { heldOut.evaluate(result.network) }
  }

  /// Returns the learning rate of a step, counted from 0.
  public func learningRate(at step: Int) -> Double {
    configuration.learningRate
      * LearningRateSchedule(
        warmUpSteps: configuration.warmUpSteps, cosineDecaySteps: configuration.cosineDecaySteps
      ).factor(at: step)
  }

  /// A closure that is called after each phase of a step.
  package var observer: ((StepPhase) -> Void)? {
    get { workspace.observer }
    set { workspace.observer = newValue }
  }

  /// Takes the next step, and returns it; nil if training has diverged.
  public func next() -> TrainingStep? {
    if divergence != nil { return nil }
    let step = step()
    return divergence == nil ? step : nil
  }

  /// Takes the next step, on the next batch of the epoch's permutation.
  ///
  /// After a ``divergence``, it tries the same step again, with the same result.
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

  /// Takes a step on the caller's batch, with the caller's timesteps and noise.
  ///
  /// `batch` has at least one row, and is in the space of the network.
  @discardableResult
  public func step(batch: Matrix<Float>, timesteps: [Int32], noise: Matrix<Float>) -> TrainingStep {
    let number = stepsTaken
    require(batch.rows > 0, "Training: the batch has no rows; give at least one")
    (self.batch, self.noise) = (batch, noise)
    noisy.setTimesteps(timesteps)
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
    noisy.drawLevels(
      rows: rows, from: RandomPurpose.levels.stream(seed: configuration.seed, index: number),
      engine: workspace.engine)
    noisy.drawHiddenCells(
      rows: rows, from: RandomPurpose.hiddenCells.stream(seed: configuration.seed, index: number),
      engine: workspace.engine)
  }

  private func update() -> (loss: Double, norm: Double) {
    noisy.form(batch, noise: noise)
    noisy.dropContexts(
      configuration.contextDropout,
      from: RandomPurpose.contextDropout.stream(seed: configuration.seed, index: stepsTaken),
      engine: workspace.engine)
    let value = OpenBLAS.withOneThread {
      loss.evaluate(state.model.network, noisy, workspace: workspace)
    }
    // A loss that is not finite may have finite gradients; the state must then stay as it is, too.
    let norm =
      value.isFinite
      ? state.update(
        workspace, learningRate: learningRate(at: stepsTaken),
        maximumNorm: configuration.maximumGradientNorm)
      : workspace.gradients.norm(engine: workspace.engine)
    if !value.isFinite || !norm.isFinite {
      divergence = Divergence(
        step: stepsTaken, parameter: workspace.gradients.firstNonFinite, loss: value)
    }
    return (value, norm)
  }
}

extension TrainingConfiguration {
  func check(rows: Int) throws(TrainingError) {
    if rows == 0 { throw .noData }
    if batchSize < 1 || batchSize > rows { throw .invalidBatchSize(batchSize, rows: rows) }
    try validate()
  }
}
