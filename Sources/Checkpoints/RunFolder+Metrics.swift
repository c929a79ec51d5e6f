import LangevinErrors
import LangevinFiles

extension RunFolder {
  /// Returns the metrics in `metrics.jsonl`, one for each line; an empty array if the run has no such file.
  ///
  /// - Throws: ``CheckpointError`` if the file cannot be read, or a line is damaged.
  package func metrics() throws(CheckpointError) -> [EpochMetrics] {
    let path = current(metricsPath)
    return Self.exists(path) ? try MetricsLog.read(path) : []
  }

  /// Opens the log of the run, for a training that continues from `progress`.
  ///
  /// - Throws: ``CheckpointError`` if the file cannot be written, or another training writes to it.
  package func openMetrics(
    _ configuration: RunConfiguration, after progress: TrainingProgress
  ) throws(CheckpointError) -> MetricsLog {
    try FolderLock.writing.hold(path) { () throws(CheckpointError) in
      try finishBeginning()
      return try MetricsLog(metricsPath, after: progress, of: configuration.training.epochs)
    }
  }

  /// Throws if a training is using the folder.
  func requireNoTraining() throws(CheckpointError) {
    guard Self.exists(metricsPath) else { return }
    try CheckpointError.accessing { () throws(FileError) in _ = try AppendedFile(metricsPath) }
  }
}
