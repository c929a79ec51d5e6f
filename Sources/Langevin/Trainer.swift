public import Checkpoints
public import Diffusion
import Dispatch
import LangevinThreading
import LinearAlgebra
public import NeuralNetwork
public import Logging

/// An object that trains a ``GenerativeModel``, one epoch at a time.
///
///     let trainer = try Trainer(on: rows, epochs: 50, seed: 1)
///     for try await epoch in trainer.epochs { print(epoch.epoch, epoch.loss) }
///     let samples = try await trainer.model.sample(count: 1000, seed: 2)
///
/// Training starts when you iterate ``epochs`` or call ``run()``, which trains all epochs. Both train on the
/// trainer's own thread, so other tasks continue meanwhile; ``nextEpochBlocking()`` and ``runBlocking()``
/// train on the caller's thread. You can stop a trainer with a `break`, or by cancelling the task, even
/// within an epoch. The trainer keeps what it has learned: ``model`` samples from it, and the next loop
/// continues where the last one stopped. The result has the same bits as an uninterrupted training.
///
/// The same data, settings and seed give the same bits, for any number of threads.
public final class Trainer: Sendable {
  /// The settings of the run's data, model and training: the contents of `config.json`.
  public let configuration: RunConfiguration
  let session: TrainingSession
  /// The number of epochs that the run was to have before it was resumed; nil if it is new.
  package let epochsBefore: Int?
  /// The number of threads that share a step.
  package let threads: Int
  let logger: Logger
  /// A queue with its own thread, so that training blocks none of the threads that tasks share.
  let queue = DispatchQueue(label: "langevin.trainer")

  /// Creates a trainer on `data`.
  ///
  /// - Parameters:
  ///   - data: Rows of numbers (`[[Float]]`), a `Matrix`, a `Table`, a ``TableData``, or a
  ///     ``DataFile``.
  ///   - preset: The recipe: which model is trained, and how.
  ///   - epochs: The number of passes over the data; nil for that of the preset.
  ///   - heldOut: The share of the rows, from 0 up to 1, that training does not see. Epochs report the loss
  ///     on these rows.
  ///   - seed: The seed of all random numbers.
  ///   - threads: The number of threads that share a step, which does not change the results; nil chooses it
  ///     by the batch size and the processors.
  ///   - destination: The folder in which the run is saved while it trains; nil keeps the run in memory.
  ///   - logger: A logger for the start, the end and problems (`info` to `error`), and for each epoch
  ///     (`debug`).
  ///   - configure: A closure that changes any other setting.
  /// - Throws: ``TrainerError`` if the data or the settings are invalid, or the folder cannot be used.
  public convenience init(
    on data: some TrainingData, preset: Preset = .best, epochs: Int? = nil, heldOut: Double = 0,
    seed: UInt64 = 0, threads: Int? = nil, savedIn destination: RunDestination? = nil,
    logger: Logger = .silent, configure: (inout RunConfiguration) -> Void = { _ in }
  ) throws(TrainerError) {
    let points = try data.trainingPoints(seed: seed)
    for note in points.notes { logger.notice("\(note)") }
    var configuration = RunConfiguration(
      preset, dataset: points.dataset(seed: seed, heldOut: heldOut), dimension: points.dimension,
      table: points.table)
    if let epochs { configuration.training.epochs = epochs }
    configure(&configuration)
    try self.init(
      configuration, points, threads: threads, savedIn: destination, logger: logger)
  }

  /// Creates a trainer of a model that your program has built, with its network, process and prediction type.
  ///
  ///     let trainer = try Trainer(of: model, named: "U-Net", on: rows, savedIn: "folder")
  ///     …
  ///     let loaded = try GenerativeModel(contentsOf: "folder", as: model)
  ///
  /// - Parameters:
  ///   - model: The model. If it has no standardization, that of the data is used, unless `configure` sets
  ///     `model.isStandardized` to false.
  ///   - name: The name of the model in the folder of its run.
  ///   - data: The data, of any type that the other initializer takes.
  ///   - epochs: The number of passes over the data; nil for that of the preset `best`.
  ///   - heldOut: The share of the rows, from 0 up to 1, that training does not see.
  ///   - seed: The seed of all random numbers.
  ///   - threads: The number of threads that share a step; nil chooses it by the batch size and the
  ///     processors.
  ///   - loss: The loss of the network's output.
  ///   - destination: The folder in which the run is saved while it trains; nil keeps the run in memory.
  ///   - logger: A logger for the start, the end, problems and epochs.
  ///   - configure: A closure that changes any setting of training.
  /// - Throws: ``TrainerError`` if the data or the settings are invalid, or the folder cannot be used.
  public convenience init(
    of model: DiffusionModel, named name: String, on data: some TrainingData, epochs: Int? = nil,
    heldOut: Double = 0, seed: UInt64 = 0, threads: Int? = nil, loss: any Loss = SquaredError(),
    savedIn destination: RunDestination? = nil, logger: Logger = .silent,
    configure: (inout RunConfiguration) -> Void = { _ in }
  ) throws(TrainerError) {
    let points = try data.trainingPoints(seed: seed)
    for note in points.notes { logger.notice("\(note)") }
    let width = model.dimension + model.contextWidth
    if points.values.columns != width {
      throw .training(.wrongDimension(data: points.values.columns, model: width))
    }
    var configuration = RunConfiguration(
      dataset: points.dataset(seed: seed, heldOut: heldOut), customModel: model, named: name,
      table: points.table)
    configuration.model.isStandardized = true
    if let epochs { configuration.training.epochs = epochs }
    configure(&configuration)
    try self.init(
      configuration, points, of: model, loss: loss, threads: threads, savedIn: destination,
      logger: logger)
  }

  /// Creates a trainer of `configuration` on `points`. `architecture` is the model that a program has built;
  /// nil if `configuration` describes the network.
  package convenience init(
    _ configuration: RunConfiguration, _ points: TrainingPoints,
    of architecture: DiffusionModel? = nil, loss: any Loss = SquaredError(), threads: Int? = nil,
    savedIn destination: RunDestination? = nil, logger: Logger = .silent
  ) throws(TrainerError) {
    var configuration = configuration
    // Checked before the folder is written.
    if let threads, !ThreadPool.choices.contains(threads) { throw .threads(threads) }
    if configuration.model.network.kind != .residual { configuration.learnCoordinates() }
    try configuration.validate(for: points)
    let split = configuration.split(configuration.modelRows(points.values))
    let moments = DataMoments(configuration.points(of: split.training))
    configuration.moments = moments
    if architecture != nil {
      if configuration.model.isStandardized && configuration.model.network.standardization == nil {
        configuration.model.network.standardization = Standardization(moments)
      }
      configuration.model.isStandardized = configuration.model.network.standardization != nil
    }
    let start: RunStart
    do {
      start = try RunStart(configuration, as: architecture, savedIn: destination)
    } catch {
      throw .configuration(error)
    }
    try self.init(start, split, loss: loss, threads: threads, logger)
  }

  /// Creates a trainer from the start of its training.
  init(
    _ start: RunStart, _ data: (training: Matrix<Float>, heldOut: Matrix<Float>?), loss: any Loss,
    threads: Int?, _ logger: Logger
  ) throws(TrainerError) {
    configuration = start.configuration
    // Threads wait for each other three times a step, which pays only if each has enough to do.
    let share = configuration.training.batchSize / 64
    let threads = threads ?? max(1, min(ThreadPool.availableProcessors, share))
    if !ThreadPool.choices.contains(threads) { throw .threads(threads) }
    var settings = configuration.trainingConfiguration(threads: threads)
    settings.loss = loss
    do {
      session = TrainingSession(
        try Training(
          start.snapshot.state, data: data.training, heldOut: data.heldOut,
          configuration: settings),
        epochs: configuration.training.epochs, from: start.snapshot, saving: start.recorder)
    } catch {
      throw .training(error)
    }
    epochsBefore = start.epochsBefore
    self.threads = threads
    self.logger = logger
    logger.report(configuration, startingFrom: start.snapshot)
  }

  /// The model as trained so far.
  ///
  /// You can read it at any time and from any thread; reading waits for the current step to end. Later steps
  /// do not change a model that you have read.
  public var model: GenerativeModel { GenerativeModel(configuration, session.snapshot) }

  /// The progress of training: the steps taken, and the mean loss of each complete epoch.
  package var progress: TrainingProgress { session.currentProgress }

  /// The number of steps taken, including those before a resume.
  public var stepsTaken: Int { progress.steps }

  /// Whether all epochs have been trained.
  public var isComplete: Bool { session.isComplete }

  /// The step at which numbers left the range of `Float`, which ends training; nil if they did not.
  public var divergence: Divergence? { session.divergence }

  /// Saves the run in its folder, after the current step.
  ///
  /// A trainer saves its run when training is complete or cancelled. Call this function after a `break`.
  /// Without a folder, it does nothing.
  ///
  /// - Throws: `CheckpointError` if the folder cannot be written.
  public func save() throws(CheckpointError) { try session.saveNow() }

  /// The loss on held-out data; nil without such data.
  package var heldOutLoss: Double? { session.heldOutLoss }

  /// The number of steps that this trainer has taken, and the seconds that they took.
  package var pace: (steps: Int, seconds: Double) { session.pace }
}
