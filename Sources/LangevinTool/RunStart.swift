import Checkpoints
import Diffusion

/// Where a training starts: at the beginning, or where one stopped.
struct RunStart {
  let configuration: RunConfiguration
  let state: TrainingState
  let progress: TrainingProgress

  /// A new run in `folder`.
  init(
    beginning configuration: RunConfiguration, in folder: RunFolder, overwrite: Bool
  ) throws {
    self.configuration = configuration
    state = try folder.begin(configuration, overwrite: overwrite)
    progress = TrainingProgress()
  }

  /// The run in `folder`, of which `saved` is the configuration, apart from where its data lie now, with
  /// `epochs` epochs in all.
  init(resuming folder: RunFolder, _ saved: RunConfiguration, epochs: Int, isQuiet: Bool) throws {
    var configuration = saved
    configuration.training.epochs = epochs
    try configuration.validate()
    (state, progress) = try folder.resume(configuration)
    self.configuration = configuration
    if isQuiet || progress.steps == 0 { return }
    Terminal.report(
      "going on after \(progress.steps) of \(epochs * configuration.stepsPerEpoch) steps\n")
    if configuration.training.cosineDecay == true && epochs != saved.training.epochs {
      Terminal.report(
        """
        note: the learning rate falls to 0 at the last epoch, which was \(saved.training.epochs) and is \
        \(epochs) now: the result is not that of \(epochs) epochs in one go

        """)
    }
  }

  /// The run in `folder` if there is one, which must be of this configuration but for its epochs; else a
  /// new one.
  init(
    resumingOrBeginning configuration: RunConfiguration, in folder: RunFolder, isQuiet: Bool
  ) throws {
    if folder.path.isEmpty || !folder.holdsRun {
      try self.init(beginning: configuration, in: folder, overwrite: false)
      return
    }
    try folder.requireRun(of: configuration)
    var saved = try folder.configuration()
    // It is the same, and maybe elsewhere now.
    saved.dataset.file = configuration.dataset.file
    try self.init(
      resuming: folder, saved, epochs: configuration.training.epochs,
      isQuiet: isQuiet)
  }
}
