public import Checkpoints
import Diffusion
import LangevinErrors
import LangevinFiles
import NeuralNetwork

extension GenerativeModel {
  /// Writes the run to the folder at `path`, which is made if need be: all that sampling and going on with
  /// training need. The commands of `langevin` take it as one of their own.
  ///
  /// The folder holds the old run or the new one, and all of it, whenever the program is killed. A model
  /// that was loaded is written with what else its folder holds, which must still be there.
  ///
  /// - Parameters:
  ///   - path: The folder.
  ///   - overwriting: Whether a run that the folder holds is replaced.
  /// - Throws: `CheckpointError` if the folder holds a run or cannot be written.
  public func save(to path: String, overwriting: Bool = false) throws(CheckpointError) {
    let folder = RunFolder(path)
    // Before the run is read, which can take long.
    if folder.holdsRun && !overwriting { throw .existingRun(path: path) }
    let run = try snapshot()
    try folder.begin(
      configuration, with: run.state, run.progress, metrics: run.metrics, overwrite: overwriting)
  }

  /// The training that it is from.
  func snapshot() throws(CheckpointError) -> TrainingSession.Snapshot {
    switch origin {
    case .training(let snapshot): return snapshot
    case .folder(let folder):
      let (state, progress) = try folder.training(configuration, as: customArchitecture)
      if state.result.network.parameters != diffusion.network.parameters {
        throw .unusable(
          FileError(
            path: folder.path,
            reason: "its run has changed since the model was loaded; load it again"))
      }
      return .init(state: state, progress: progress, metrics: try folder.metrics())
    }
  }

  /// How training went: the epochs that `metrics.jsonl` tells of.
  ///
  /// - Throws: `CheckpointError` if the model was loaded, and its folder's log cannot be read.
  public func metrics() throws(CheckpointError) -> [EpochMetrics] {
    switch origin {
    case .training(let snapshot): snapshot.metrics
    case .folder(let folder): try folder.metrics()
    }
  }
}
