import LangevinErrors
import LangevinFiles

extension RunFolder {
  /// The lines of `metrics.jsonl`: how training went, epoch by epoch; none if the run has no such file.
  ///
  /// - Throws: ``CheckpointError`` if the file cannot be read, or a line is damaged.
  package func metrics() throws(CheckpointError) -> [EpochMetrics] {
    let path = current(metricsPath)
    return Self.exists(path) ? try MetricsLog.read(path) : []
  }

  /// The log of the run, for a training that goes on after `progress`.
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

  /// Refuses a folder in which a training is at work.
  func requireNoTraining() throws(CheckpointError) {
    guard Self.exists(metricsPath) else { return }
    try CheckpointError.accessing { () throws(FileError) in _ = try AppendedFile(metricsPath) }
  }
}
