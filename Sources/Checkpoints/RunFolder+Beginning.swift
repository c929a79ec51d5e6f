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

/// How a run begins. Its files are staged: written with `.staged` behind their names, `config.json` the
/// last. Once that is there, the folder holds the new run, and the files only have to be renamed; until
/// then it holds what it held before. So a run begins in one moment, whenever a program is killed.
extension RunFolder {
  /// Makes the folder hold a new run, saved before its first step, and returns its state.
  ///
  /// So the run can be gone on with from its first moment, and a full disk shows up now. A folder
  /// that holds a run is refused unless `overwrite`; then the old run stays as it was until the new
  /// one is saved, and if that fails. What else lies in the folder stays.
  ///
  /// - Throws: ``CheckpointError`` if the folder cannot be used, or a training is at work in it.
  @discardableResult
  package func begin(
    _ configuration: RunConfiguration, as architecture: DiffusionModel? = nil, overwrite: Bool
  ) throws(CheckpointError) -> TrainingState {
    let state = TrainingState(
      try configuration.makeModel(as: architecture), emaDecay: configuration.training.emaDecay)
    try begin(configuration, with: state, TrainingProgress(), metrics: [], overwrite: overwrite)
    return state
  }

  /// Makes the folder hold a run that has come as far as `progress`, as ``begin(_:as:overwrite:)`` does for a new
  /// one.
  package func begin(
    _ configuration: RunConfiguration, with state: TrainingState, _ progress: TrainingProgress,
    metrics: [EpochMetrics], overwrite: Bool
  ) throws(CheckpointError) {
    // Without a name, its files would go to the root of the file system.
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

  /// Whether there is a new run whose files do not all have their names yet.
  var hasStagedRun: Bool { Self.exists(Self.staged(configurationPath)) }

  static func staged(_ file: String) -> String { "\(file).staged" }

  /// Where the contents of `file` are.
  func current(_ file: String) -> String {
    hasStagedRun && Self.exists(Self.staged(file)) ? Self.staged(file) : file
  }

  /// Gives the files of a new run their names, the one that tells of it last.
  func finishBeginning() throws(CheckpointError) {
    if !hasStagedRun { return }
    for file in files where Self.exists(Self.staged(file)) {
      try CheckpointError.accessing { () throws(FileError) in
        try AtomicFile.rename(Self.staged(file), to: file)
      }
    }
  }

  /// Finishes what a program that was killed had begun, and removes what it left behind.
  func cleanUp() throws(CheckpointError) {
    try finishBeginning()
    removeStaged()
    AtomicFile.removeLeftovers(in: path)
  }

  /// What a run consists of, that which tells of it last.
  package var files: [String] { [metricsPath, modelPath, trainingPath, configurationPath] }

  /// What cannot be removed stays: without a staged `config.json` nobody reads it.
  private func removeStaged() {
    for file in files.reversed() { unsafe unlink(Self.staged(file)) }
  }

  private func makeFolder() throws(CheckpointError) {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      let code = errno
      throw code == 0
        ? unusable("the folder cannot be made; name one in a folder that you may write to")
        : unusable("the folder cannot be made", code: code)
    }
  }
}
