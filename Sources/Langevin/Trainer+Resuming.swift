import Checkpoints
import Diffusion
import LinearAlgebra
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
  ///   - logger: What is told of beginning, end and trouble.
  /// - Throws: ``TrainerError`` if the data cannot be read or are others, if the folder of the model has changed
  ///   since it was loaded, or if so many epochs have been trained already.
  public convenience init(
    resuming model: GenerativeModel, on data: (any TrainingData)? = nil, epochs: Int? = nil,
    threads: Int? = nil, logger: Logger = .silent
  ) throws(TrainerError) {
    var configuration = model.configuration
    if let epochs { configuration.training.epochs = epochs }
    let split = configuration.split(try Self.rows(of: &configuration, data))
    let start: TrainingLoop.Snapshot
    do {
      try configuration.validate()
      try configuration.requireMoments(of: split.training)
      start = try model.snapshot()
      try configuration.requireRoom(for: start.progress)
    } catch {
      throw .configuration(error)
    }
    try self.init(configuration, split, start, threads: threads, logger)
  }

  /// All rows of a run, if they are such as `configuration` says, which then knows where their file lies now.
  private static func rows(
    of configuration: inout RunConfiguration, _ data: (any TrainingData)?
  ) throws(TrainerError) -> Matrix {
    if let data {
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
    do {
      if let rows = try configuration.fileRows() { return rows }
    } catch {
      throw .table(error)
    }
    throw .configuration(
      .format(
        """
        \(configuration.dataset.name): the data that the model was trained on are in no file; give them \
        again
        """))
  }
}
