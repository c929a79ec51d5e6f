import Checkpoints
import Diffusion
import LinearAlgebra
public import NeuralNetwork
public import Logging

extension Trainer {
  /// Goes on with the training of `model`, or adds epochs to it, to the same bits as if it had never been
  /// stopped. With more epochs that holds if the learning rate is constant; where it falls to 0 at the last
  /// one, as that of the preset `best`, that end moves.
  ///
  ///     let trainer = try Trainer(resuming: GenerativeModel(contentsOf: "customers"))
  ///     for try await epoch in trainer.epochs where epoch.epoch % 50 == 0 {
  ///       try trainer.model.save(to: "customers", overwriting: true)
  ///     }
  ///
  /// - Parameters:
  ///   - model: What was learned before.
  ///   - data: The data of before; nil for those of the file that the model was trained on. If that has moved,
  ///     give it as a ``DataFile``: the run then remembers where it lies.
  ///   - epochs: How often each row is seen in all, those times that it was already included; nil for as often
  ///     as it was to be.
  ///   - threads: How many threads share a step; nil for as many as pay.
  ///   - loss: The loss of before, if it was one of your own.
  ///   - logger: Receives the beginning, the end and problems.
  /// - Throws: ``TrainerError`` if the data cannot be read or are others, if the folder of the model has changed
  ///   since it was loaded, or if so many epochs have been trained already.
  public convenience init(
    resuming model: GenerativeModel, on data: (any TrainingData)? = nil, epochs: Int? = nil,
    threads: Int? = nil, loss: any Loss = SquaredError(), logger: Logger = .silent
  ) throws(TrainerError) {
    var configuration = model.configuration
    let epochsBefore = configuration.training.epochs
    if let epochs { configuration.training.epochs = epochs }
    let split = configuration.split(try Self.rows(of: &configuration, data))
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

  /// Resumes the run in a folder, or adds epochs to it, and saves there.
  ///
  ///     let trainer = try Trainer(resumingRunIn: "customers")
  ///     for try await epoch in trainer.epochs { print(epoch.loss) }
  ///
  /// - Parameters:
  ///   - destination: The folder, and when it is saved. The run in it is resumed in any case.
  ///   - model: The model, if your program has built it; nil if the folder describes it.
  ///   - data: The data of before; nil for those of the file or named data set that the run was trained on.
  ///   - epochs: The number of epochs in all; nil is that of before.
  ///   - threads: How many threads share a step; nil for as many as pay.
  ///   - loss: The loss of before, if it was one of your own.
  ///   - logger: Receives the beginning, the end and problems.
  /// - Throws: ``TrainerError`` if the run or its data cannot be read, if the data are others, if more epochs
  ///   have been trained already, or if another training is at work in the folder.
  public convenience init(
    resumingRunIn destination: RunDestination, as model: DiffusionModel? = nil,
    on data: (any TrainingData)? = nil, epochs: Int? = nil, threads: Int? = nil,
    loss: any Loss = SquaredError(), logger: Logger = .silent
  ) throws(TrainerError) {
    try self.init(
      resumingRunIn: destination, as: model, on: data, epochs: epochs, threads: threads, loss: loss,
      logger: logger, configure: { _ throws(TrainerError) in })
  }

  /// The same; `configure` says where the files of the data are now, and `whenDataAreRead` is called before
  /// the folder is changed.
  package convenience init(
    resumingRunIn destination: RunDestination, as model: DiffusionModel? = nil,
    on data: (any TrainingData)? = nil, epochs: Int? = nil, threads: Int? = nil,
    loss: any Loss = SquaredError(), logger: Logger = .silent,
    configure: (inout RunConfiguration) throws(TrainerError) -> Void,
    whenDataAreRead: () -> Void = {}
  ) throws(TrainerError) {
    if let threads, !TrainerError.threads.contains(threads) { throw .threads(threads) }
    var configuration: RunConfiguration
    do {
      configuration = try RunFolder(destination.folder).configuration()
    } catch {
      throw .configuration(error)
    }
    try configure(&configuration)
    // Before anything of the run is changed.
    let split = configuration.split(try Self.rows(of: &configuration, data))
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

  /// All rows of a run, if they are such as `configuration` says, which then knows where their file lies now.
  private static func rows(
    of configuration: inout RunConfiguration, _ data: (any TrainingData)?
  ) throws(TrainerError) -> Matrix {
    guard let data else { return try configuration.rows() }
    let points = try data.trainingPoints(seed: configuration.dataset.seed)
    try configuration.validate(for: points)
    if let file = points.file, let before = configuration.dataset.file,
      file.digest == before.digest, file.labels?.digest == before.labels?.digest
    {
      configuration.dataset.file?.path = file.path
      configuration.dataset.file?.labels = file.labels
    }
    return points.values
  }
}
