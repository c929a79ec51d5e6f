import Checkpoints
import Diffusion

/// Writes the folder of a run during training.
final class RunRecorder {
  let folder: RunFolder
  private let log: MetricsLog
  private let interval: Duration
  private let epochs: Int?
  private var lastSave = ContinuousClock.now
  /// Whether the folder holds the current state.
  var isSaved = false

  /// Opens the log of the run in the folder, whose training stands at `progress`.
  init(
    _ destination: RunDestination, _ configuration: RunConfiguration,
    after progress: TrainingProgress
  ) throws(CheckpointError) {
    folder = RunFolder(destination.folder)
    log = try folder.openMetrics(configuration, after: progress)
    (interval, epochs) = (destination.interval, destination.epochs)
  }

  func append(_ metrics: EpochMetrics) throws(CheckpointError) { try log.append(metrics) }

  /// Returns whether a save is due after a step. `epoch`, counted from 1, is the epoch that the step
  /// completed; nil within an epoch.
  func isDue(afterEpoch epoch: Int?) -> Bool {
    if let epochs, let epoch, epoch.isMultiple(of: epochs) { return true }
    return .now - lastSave > interval
  }

  /// Saves the run, its log first: the log must contain every epoch that the other files have.
  func save(_ state: TrainingState, _ progress: TrainingProgress) throws(CheckpointError) {
    try log.synchronize()
    try folder.save(state, progress: progress)
    lastSave = .now
    isSaved = true
  }
}
