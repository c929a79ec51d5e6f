public import Checkpoints
public import Diffusion
import Dispatch
import LinearAlgebra
public import Logging
import LangevinThreading

/// A training of a ``GenerativeModel``, epoch by epoch, as far as you want it.
///
///     let trainer = try Trainer(on: rows, epochs: 50, seed: 1)
///     for try await epoch in trainer.epochs { print(epoch.epoch, epoch.loss) }
///     let samples = try await trainer.model.sample(count: 1000, seed: 2)
///
/// Nothing is computed until an epoch is asked for: by ``epochs``, or by ``run()``, which
/// asks for all. Both train on a thread of the trainer's own, so that other tasks go on meanwhile;
/// ``nextEpochBlocking()`` and ``runBlocking()`` train on that of the caller. A trainer that was stopped, by a
/// `break` or by cancellation of the task, keeps what it has learned, within an epoch too: ``model`` samples
/// from it, and the next loop goes on where the last one stopped, to the same bits as if it had not.
///
/// The same data, settings and seed give the same bits, for any number of threads.
public final class Trainer: Sendable {
  /// All that the run is: data, model, training. `config.json` holds it.
  public let configuration: RunConfiguration
  let loop: TrainingLoop
  let logger: Logger
  /// Its thread is not one of those that tasks share.
  let queue = DispatchQueue(label: "langevin.trainer")

  /// A training on `data`.
  ///
  /// - Parameters:
  ///   - data: Rows of numbers (`[[Float]]`), a `Matrix`, a `Table`, a ``TableData``, or a
  ///     ``DataFile``.
  ///   - preset: The recipe: which model is trained, and how.
  ///   - epochs: How often each row is seen; nil for as often as the preset has it.
  ///   - heldOut: The share of the rows, from 0 up to 1, that training does not see, and of which the
  ///     progress tells the loss.
  ///   - seed: Where all random numbers come from.
  ///   - threads: How many threads share a step, which does not change the results; nil for as many as
  ///     pay.
  ///   - logger: What is told of beginning, end and trouble (`info` to `error`), and of each epoch (`debug`).
  ///   - configure: Changes any other setting.
  /// - Throws: ``TrainerError`` if the data are not such as one can train on, or settings do not fit them.
  public convenience init(
    on data: some TrainingData, preset: Preset = .best, epochs: Int? = nil, heldOut: Double = 0,
    seed: UInt64 = 0, threads: Int? = nil, logger: Logger = .silent,
    configure: (inout RunConfiguration) -> Void = { _ in }
  ) throws(TrainerError) {
    let points = try data.trainingPoints(seed: seed)
    for note in points.notes { logger.notice("\(note)") }
    var configuration = RunConfiguration(
      preset, dataset: points.dataset(seed: seed, heldOut: heldOut), dimension: points.dimension,
      table: points.table)
    if let epochs { configuration.training.epochs = epochs }
    configure(&configuration)
    try configuration.validate(for: points)
    let split = configuration.split(points.values)
    configuration.moments = DataMoments(configuration.points(of: split.training))
    let model: DiffusionModel
    do {
      model = try configuration.makeModel()
    } catch {
      throw .configuration(error)
    }
    try self.init(
      configuration, split,
      TrainingLoop.Snapshot(
        state: TrainingState(model, averageDecay: configuration.training.averageDecay),
        progress: TrainingProgress(), metrics: []), threads: threads, logger)
  }

  /// A training that stands where `start` does, and is ready to go on.
  init(
    _ configuration: RunConfiguration, _ data: (training: Matrix, heldOut: Matrix?),
    _ start: TrainingLoop.Snapshot, threads: Int?, _ logger: Logger
  ) throws(TrainerError) {
    // They wait for each other three times a step, which pays if each has enough to do.
    let share = configuration.training.batchSize / 64
    let threads = threads ?? max(1, min(ThreadPool.availableProcessors, share))
    if !TrainerError.threads.contains(threads) { throw .threads(threads) }
    do {
      loop = TrainingLoop(
        try Training(
          start.state, data: data.training, heldOut: data.heldOut,
          configuration: configuration.trainingConfiguration(threads: threads)),
        epochs: configuration.training.epochs, progress: start.progress, metrics: start.metrics)
    } catch {
      throw .training(error)
    }
    self.configuration = configuration
    self.logger = logger
    logger.report(configuration, after: start.progress)
  }

  /// The model as trained so far, which may be asked for at any time, from any thread: it waits for the
  /// step in hand, if there is one. What is trained afterwards does not change it.
  public var model: GenerativeModel { GenerativeModel(configuration, loop.snapshot) }

  /// How far training is: steps taken, and the mean loss of each complete epoch.
  public var progress: TrainingProgress { loop.snapshot.progress }

  /// Whether all epochs have been trained.
  public var isComplete: Bool { loop.isComplete }

  /// Where numbers left the range of `Float`, after which there are no more epochs; nil if they did not.
  public var divergence: Divergence? { loop.divergence }
}
