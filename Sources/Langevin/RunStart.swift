import Checkpoints
import Diffusion
import LinearAlgebra

/// The start of a training: a new run or a resumed one.
struct RunStart {
  let configuration: RunConfiguration
  let snapshot: TrainingSession.Snapshot
  let recorder: RunRecorder?
  /// The number of epochs that the run was to have before it was resumed; nil if it is new.
  let epochsBefore: Int?

  /// Begins a run, or resumes the one in `destination` if its `existingRun` is `resume`. `architecture` is
  /// the model that a program has built; nil if `configuration` describes the network.
  init(
    _ configuration: RunConfiguration, as architecture: DiffusionModel?,
    savedIn destination: RunDestination?
  ) throws(CheckpointError) {
    guard let destination else {
      self.init(
        configuration,
        TrainingSession.Snapshot(
          state: TrainingState(
            try configuration.makeModel(as: architecture), emaDecay: configuration.training.emaDecay
          ),
          progress: TrainingProgress(), metrics: []), nil, epochsBefore: nil)
      return
    }
    let folder = RunFolder(destination.folder)
    if destination.existingRun == .resume && !folder.path.isEmpty && folder.holdsRun {
      try folder.requireRun(of: configuration)
      var saved = try folder.configuration()
      // The same data may have moved.
      saved.dataset.file = configuration.dataset.file
      try self.init(
        resuming: destination, saved, as: architecture, epochs: configuration.training.epochs)
      return
    }
    let state = try folder.begin(
      configuration, as: architecture, overwrite: destination.existingRun == .overwrite)
    self.init(
      configuration,
      TrainingSession.Snapshot(state: state, progress: TrainingProgress(), metrics: []),
      try RunRecorder(destination, configuration, after: TrainingProgress()), epochsBefore: nil)
  }

  /// Resumes the run in `destination`, whose configuration is `saved`, up to a total of `epochs` epochs.
  init(
    resuming destination: RunDestination, _ saved: RunConfiguration,
    as architecture: DiffusionModel?, epochs: Int
  ) throws(CheckpointError) {
    let folder = RunFolder(destination.folder)
    var configuration = saved
    configuration.training.epochs = epochs
    try configuration.validate()
    let (state, progress) = try folder.resume(configuration, as: architecture)
    let recorder = try RunRecorder(destination, configuration, after: progress)
    self.init(
      configuration,
      TrainingSession.Snapshot(state: state, progress: progress, metrics: try folder.metrics()),
      recorder, epochsBefore: saved.training.epochs)
  }

  /// Resumes from `snapshot`, without a folder.
  init(_ configuration: RunConfiguration, _ snapshot: TrainingSession.Snapshot, epochsBefore: Int) {
    self.init(configuration, snapshot, nil, epochsBefore: epochsBefore)
  }

  private init(
    _ configuration: RunConfiguration, _ snapshot: TrainingSession.Snapshot,
    _ recorder: RunRecorder?, epochsBefore: Int?
  ) {
    self.configuration = configuration
    self.snapshot = snapshot
    self.recorder = recorder
    self.epochsBefore = epochsBefore
  }
}
