import Checkpoints
import Diffusion

/// The folder in which a ``Trainer`` saves its run while it trains.
///
///     let trainer = try Trainer(on: rows, savedIn: "customers")
///
/// The commands of `langevin` take such a folder as one of their own. It holds a complete run whenever
/// the program is killed.
public struct RunDestination: Sendable, Hashable, ExpressibleByStringLiteral {
  /// The use of a run that the folder holds already.
  public enum ExistingRun: Sendable, Hashable {
    /// Throw an error.
    case refuse
    /// Replace it by the new run.
    case overwrite
    /// Resume it if it is a run of the same data and settings, of which the number of epochs may differ.
    case resume
  }

  /// The folder, which is made if it does not exist.
  public var folder: String
  /// The use of a run that the folder holds already.
  public var existingRun: ExistingRun
  /// The time between two saves.
  public var interval: Duration
  /// The number of epochs between two saves, beside ``interval``; nil saves by time alone.
  public var epochs: Int?

  /// Creates a destination. The run is saved at its beginning, at its end, when it is stopped, and after
  /// each `interval` or number of `epochs`.
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

/// The folder of a run during a training.
final class RunRecorder {
  let folder: RunFolder
  private let log: MetricsLog
  private let interval: Duration
  private let epochs: Int?
  private var lastSave = ContinuousClock.now
  /// Whether the folder holds the current state.
  var isSaved = false

  /// Opens the log of the run in the folder, which stands at `progress`.
  init(
    _ destination: RunDestination, _ configuration: RunConfiguration,
    after progress: TrainingProgress
  ) throws(CheckpointError) {
    folder = RunFolder(destination.folder)
    log = try folder.openMetrics(configuration, after: progress)
    (interval, epochs) = (destination.interval, destination.epochs)
  }

  func append(_ metrics: EpochMetrics) throws(CheckpointError) { try log.append(metrics) }

  /// Whether a save is due after a step, which may have been the last of this epoch, counted from 1.
  func isDue(afterEpoch epoch: Int?) -> Bool {
    if let epochs, let epoch, epoch.isMultiple(of: epochs) { return true }
    return .now - lastSave > interval
  }

  /// Saves the run; its log first, which must contain all epochs of the rest.
  func save(_ state: TrainingState, _ progress: TrainingProgress) throws(CheckpointError) {
    try log.synchronize()
    try folder.save(state, progress: progress)
    lastSave = .now
    isSaved = true
  }
}
