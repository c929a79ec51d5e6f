import Checkpoints
import Diffusion

/// The folder in which a ``Trainer`` saves its run while it trains.
///
///     let trainer = try Trainer(on: rows, savedIn: "customers")
///
/// The commands of `langevin` can use this folder like a run of their own. It holds a complete run even if
/// the program is killed.
public struct RunDestination: Sendable, Hashable, ExpressibleByStringLiteral {
  /// The action to take if the folder already holds a run.
  public enum ExistingRun: Sendable, Hashable {
    /// Throw an error.
    case refuse
    /// Replace the existing run with the new one.
    case overwrite
    /// Resume the existing run if its data and settings are the same; the number of epochs may differ.
    case resume
  }

  /// The folder, which is created if it does not exist.
  public var folder: String
  /// The action to take if the folder already holds a run.
  public var existingRun: ExistingRun
  /// The time between two saves.
  public var interval: Duration
  /// The number of epochs between two saves, in addition to ``interval``; nil saves by time alone.
  public var epochs: Int?

  /// Creates a destination.
  ///
  /// The run is saved at its start, at its end, when it is stopped, and after each `interval` or number of
  /// `epochs`.
  public init(
    _ folder: String, existingRun: ExistingRun = .refuse, interval: Duration = .seconds(60),
    epochs: Int? = nil
  ) {
    self.folder = folder
    self.existingRun = existingRun
    self.interval = interval
    self.epochs = epochs
  }

  public init(stringLiteral folder: String) { self.init(folder) }
}

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
