public import Checkpoints
import Diffusion
import LangevinErrors
import LangevinFiles
import NeuralNetwork

extension GenerativeModel {
  /// Writes the run to the folder at `path`: everything that sampling and resuming need.
  ///
  /// The folder is created if it does not exist. The commands of `langevin` can use it like a run of their
  /// own. Even if the program is killed, the folder holds either the old run or the new one, complete.
  /// Saving a loaded model also copies the rest of the run from its folder, which must still exist.
  ///
  /// - Parameters:
  ///   - path: The folder.
  ///   - overwriting: Whether to replace a run that the folder holds.
  /// - Throws: `CheckpointError` if the folder holds a run that must not be replaced, or cannot be written.
  public func save(to path: String, overwriting: Bool = false) throws(CheckpointError) {
    let folder = RunFolder(path)
    // Checked before the run is read, which can take long.
    if folder.holdsRun && !overwriting { throw .existingRun(path: path) }
    let run = try snapshot()
    try folder.begin(
      configuration, with: run.state, run.progress, metrics: run.metrics, overwrite: overwriting)
  }

  /// Returns the training that the model comes from.
  func snapshot() throws(CheckpointError) -> TrainingSession.Snapshot {
    switch origin {
    case .training(let snapshot): return snapshot
    case .folder(let folder):
      let (state, progress, metrics) = try folder.training(
        of: diffusion, configuration, isCustom: customArchitecture != nil)
      return .init(state: state, progress: progress, metrics: metrics)
    }
  }

  /// Returns the metrics of the epochs in the log, `metrics.jsonl`.
  ///
  /// - Throws: `CheckpointError` if the model was loaded and the log in its folder cannot be read.
  public func metrics() throws(CheckpointError) -> [EpochMetrics] {
    switch origin {
    case .training(let snapshot): snapshot.metrics
    case .folder(let folder): try folder.metrics()
    }
  }
}
