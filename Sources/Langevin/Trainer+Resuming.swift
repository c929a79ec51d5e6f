import Checkpoints
import Diffusion
import LangevinThreading
import LinearAlgebra
public import NeuralNetwork
public import Logging

extension Trainer {
  /// Creates a trainer that resumes the training of `model`, or trains it longer.
  ///
  /// The result has the same bits as an uninterrupted training. With more epochs, it matches one longer
  /// training only if the learning rate is constant. A rate that falls to 0 at the last epoch, as in the
  /// preset `best`, then falls to 0 at the new last epoch.
  ///
  ///     let trainer = try Trainer(resuming: GenerativeModel(contentsOf: "customers"))
  ///     for try await epoch in trainer.epochs where epoch.epoch % 50 == 0 {
  ///       try trainer.model.save(to: "customers", overwriting: true)
  ///     }
  ///
  /// - Parameters:
  ///   - model: The model to train.
  ///   - data: The data that the model was trained on; nil reads them from their file or named data set. If
  ///     the file has moved, pass a ``DataFile`` with its new path, which the run then remembers.
  ///   - epochs: The total number of epochs, including those already trained; nil for the planned number.
  ///   - threads: The number of threads that share a step; nil chooses it by the batch size and the
  ///     processors.
  ///   - loss: The loss that the model was trained with, if it was a custom one.
  ///   - logger: A logger for the start, the end, problems and epochs.
  /// - Throws: ``TrainerError`` if the data cannot be read or differ, if the folder of the model has changed
  ///   since it was loaded, or if more than `epochs` epochs have been trained already.
  public convenience init(
    resuming model: GenerativeModel, on data: (any TrainingData)? = nil, epochs: Int? = nil,
    threads: Int? = nil, loss: any Loss = SquaredError(), logger: Logger = .silent
  ) throws(TrainerError) {
    var configuration = model.configuration
    let epochsBefore = configuration.training.epochs
    if let epochs { configuration.training.epochs = epochs }
    let split = configuration.split(
      configuration.modelRows(try Self.rows(of: &configuration, data)))
    let start: TrainingSession.Snapshot
    do {
      try configuration.validate()
      try configuration.requireMoments(of: split.training)
      start = try model.snapshot()
      try configuration.requireRoom(for: start.progress)
    } catch {
      throw .configuration(error)
    }
    try self.init(
      RunStart(configuration, start, epochsBefore: epochsBefore), split, loss: loss,
      threads: threads, logger)
  }

  /// Creates a trainer that resumes the run in a folder, or trains it longer, and saves it there.
  ///
  ///     let trainer = try Trainer(resumingRunIn: "customers")
  ///     for try await epoch in trainer.epochs { print(epoch.loss) }
  ///
  /// - Parameters:
  ///   - destination: The folder, and the times at which it is saved. Its ``RunDestination/existingRun`` has
  ///     no effect.
  ///   - model: The model, if your program has built it; nil if the folder describes it.
  ///   - data: The data that the run was trained on; nil reads them from their file or named data set.
  ///   - epochs: The total number of epochs, including those already trained; nil for the planned number.
  ///   - threads: The number of threads that share a step; nil chooses it by the batch size and the
  ///     processors.
  ///   - loss: The loss that the run was trained with, if it was a custom one.
  ///   - logger: A logger for the start, the end, problems and epochs.
  /// - Throws: ``TrainerError`` if the run or its data cannot be read, if the data differ, if more than
  ///   `epochs` epochs have been trained already, or if another training uses the folder.
  public convenience init(
    resumingRunIn destination: RunDestination, as model: DiffusionModel? = nil,
    on data: (any TrainingData)? = nil, epochs: Int? = nil, threads: Int? = nil,
    loss: any Loss = SquaredError(), logger: Logger = .silent
  ) throws(TrainerError) {
    try self.init(
      resumingRunIn: destination, as: model, on: data, epochs: epochs, threads: threads, loss: loss,
      logger: logger, configure: { _ throws(TrainerError) in })
  }

  /// Creates a trainer that resumes the run in a folder. `configure` can change the paths of the data files,
  /// and `whenDataAreRead` is called before the folder is changed.
  package convenience init(
    resumingRunIn destination: RunDestination, as model: DiffusionModel? = nil,
    on data: (any TrainingData)? = nil, epochs: Int? = nil, threads: Int? = nil,
    loss: any Loss = SquaredError(), logger: Logger = .silent,
    configure: (inout RunConfiguration) throws(TrainerError) -> Void,
    whenDataAreRead: () -> Void = {}
  ) throws(TrainerError) {
    if let threads, !ThreadPool.choices.contains(threads) { throw .threads(threads) }
    var configuration: RunConfiguration
    do {
      configuration = try RunFolder(destination.folder).configuration()
    } catch {
      throw .configuration(error)
    }
    try configure(&configuration)
    // The data are read before anything in the folder changes.
    let split = configuration.split(
      configuration.modelRows(try Self.rows(of: &configuration, data)))
    whenDataAreRead()
    let start: RunStart
    do {
      try configuration.requireMoments(of: split.training)
      start = try RunStart(
        resuming: destination, configuration, as: model,
        epochs: epochs ?? configuration.training.epochs)
    } catch {
      throw .configuration(error)
    }
    try self.init(start, split, loss: loss, threads: threads, logger)
  }

  /// Returns all rows of a run, and records the current path of their file in `configuration`.
  ///
  /// - Throws: ``TrainerError`` if the rows do not match `configuration`.
  private static func rows(
    of configuration: inout RunConfiguration, _ data: (any TrainingData)?
  ) throws(TrainerError) -> Matrix<Float> {
    guard let data else { return try configuration.rows() }
    let points = try data.trainingPoints(seed: configuration.dataset.seed)
    try configuration.validate(resumingOn: points)
    if let file = points.file, let before = configuration.dataset.file,
      file.digest == before.digest, file.labels?.digest == before.labels?.digest
    {
      configuration.dataset.file?.path = file.path
      configuration.dataset.file?.labels = file.labels
    }
    return points.values
  }
}
