package import Diffusion
import LangevinErrors
import LangevinFiles

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The atomic start of a run.
///
/// The files of a new run are staged: written with the suffix `.staged`, `config.json` last. Once the staged
/// `config.json` exists, the folder holds the new run, and the files only need to be renamed. Until then, the
/// folder holds its former contents. The program may be killed at any time.
extension RunFolder {
  /// Starts a new run in the folder, saves it before its first step, and returns its state.
  ///
  /// The run can be resumed from its first moment, and a full disk shows up early. If the folder already
  /// holds a run, `overwrite` must be true; the old run stays intact until the new one is saved, and also if
  /// saving fails. Other files in the folder stay.
  ///
  /// - Throws: ``CheckpointError`` if the folder cannot be used, or a training is using it.
  @discardableResult
  package func begin(
    _ configuration: RunConfiguration, as architecture: DiffusionModel? = nil, overwrite: Bool
  ) throws(CheckpointError) -> TrainingState {
    let state = TrainingState(
      try configuration.makeModel(as: architecture), emaDecay: configuration.training.emaDecay)
    try begin(configuration, with: state, TrainingProgress(), metrics: [], overwrite: overwrite)
    return state
  }

  /// Saves a run that stands at `progress` in the folder, as ``begin(_:as:overwrite:)`` does for a new run.
  package func begin(
    _ configuration: RunConfiguration, with state: TrainingState, _ progress: TrainingProgress,
    metrics: [EpochMetrics], overwrite: Bool
  ) throws(CheckpointError) {
    // With an empty path, the files would go to the root of the file system.
    if path.isEmpty { throw .format("the path of the folder is empty; name a folder") }
    if holdsRun && !overwrite {
      throw .existingRun(path: path)
    }
    try makeFolder()
    try FolderLock.writing.hold(path) { () throws(CheckpointError) in
      try requireNoTraining()
      try cleanUp()
      try stage(configuration, with: state, progress, metrics: metrics)
      try finishBeginning()
    }
  }

  private func stage(
    _ configuration: RunConfiguration, with state: TrainingState, _ progress: TrainingProgress,
    metrics: [EpochMetrics]
  ) throws(CheckpointError) {
    do throws(CheckpointError) {
      try write(
        state, progress, training: Self.staged(trainingPath), model: Self.staged(modelPath))
      try MetricsLog.write(metrics, to: Self.staged(metricsPath))
      try write(configuration, to: Self.staged(configurationPath))
    } catch {
      removeStaged()
      throw error
    }
  }

  /// Whether the folder holds a new run whose files have not all been renamed yet.
  var hasStagedRun: Bool { Self.exists(Self.staged(configurationPath)) }

  static func staged(_ file: String) -> String { "\(file).staged" }

  /// Returns the path that holds the contents of `file`.
  func current(_ file: String) -> String {
    hasStagedRun && Self.exists(Self.staged(file)) ? Self.staged(file) : file
  }

  /// Renames the staged files of a new run, `config.json` last.
  func finishBeginning() throws(CheckpointError) {
    if !hasStagedRun { return }
    for file in files where Self.exists(Self.staged(file)) {
      try CheckpointError.accessing { () throws(FileError) in
        try AtomicFile.rename(Self.staged(file), to: file)
      }
    }
  }

  /// Finishes a start that a killed program has left incomplete, and removes its temporary files.
  func cleanUp() throws(CheckpointError) {
    try finishBeginning()
    removeStaged()
    AtomicFile.removeLeftovers(in: path)
  }

  /// The files of a run, `config.json` last.
  package var files: [String] { [metricsPath, modelPath, trainingPath, configurationPath] }

  /// Removes the staged files. Failures do not matter: without a staged `config.json`, the others are not
  /// read.
  private func removeStaged() {
    for file in files.reversed() { unsafe unlink(Self.staged(file)) }
  }

  private func makeFolder() throws(CheckpointError) {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      let code = errno
      throw code == 0
        ? unusable("the folder cannot be created; name one in a writable folder")
        : unusable("the folder cannot be created", code: code)
    }
  }
}
