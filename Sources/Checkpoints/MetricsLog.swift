import LangevinErrors
import LangevinFiles

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The log of a training: `metrics.jsonl`, with one JSON object per line and epoch (``EpochMetrics``).
///
/// A line is in the file as soon as it is appended, even if the program is killed right after.
package struct MetricsLog {
  private let file: AppendedFile

  /// The size limit of a log to be read, in bytes; the log of the longest training takes a tenth of that.
  package static let sizeLimit = 1 << 24

  /// Opens the log at `path` for a training of `epochs` epochs that starts, or continues from `progress`.
  ///
  /// This removes the lines of epochs that training will repeat, and the incomplete line that a killed
  /// program has left. The epochs of the file ascend without repetition. At any time, the path holds either
  /// the old file or the new one.
  package init(
    _ path: String, after progress: TrainingProgress, of epochs: Int
  ) throws(CheckpointError) {
    file = try CheckpointError.accessing { () throws(FileError) in
      let file = try AppendedFile(path)
      let old = try AtomicFile.read(path, sizeLimit: Self.sizeLimit)
      let kept = Self.kept(of: old, after: progress, of: epochs)
      if kept == old { return file }
      try AtomicFile.write(kept, to: path)
      return try AppendedFile(path)
    }
  }

  /// Returns the lines of complete epochs, unchanged.
  private static func kept(
    of bytes: [UInt8], after progress: TrainingProgress, of epochs: Int
  ) -> [UInt8] {
    var result: [UInt8] = []
    var last = (epoch: 0, step: 0)
    for line in lines(bytes) {
      // Damaged lines are dropped as well: a damaged log must not prevent training.
      guard let metrics = try? JSONDecoder().decode(EpochMetrics.self, from: Data(line)),
        metrics.epoch > last.epoch, metrics.epoch <= progress.epochs,
        metrics.step > last.step, metrics.step <= progress.steps,
        EpochMetrics.isLogged(epoch: metrics.epoch, of: epochs)
      else { continue }
      last = (metrics.epoch, metrics.step)
      result += line + [newline]
    }
    return result
  }

  /// Appends a line, whose numbers must be finite.
  package func append(_ metrics: EpochMetrics) throws(CheckpointError) {
    let line = try CheckpointError.inFile(file.path) { () throws(CheckpointError) in
      try Self.line(metrics)
    }
    try CheckpointError.accessing { () throws(FileError) in try file.append(line) }
  }

  /// Writes a whole log at once, and replaces the old file only when all is written.
  static func write(_ metrics: [EpochMetrics], to path: String) throws(CheckpointError) {
    var bytes: [UInt8] = []
    for metrics in metrics {
      bytes += try CheckpointError.inFile(path) { () throws(CheckpointError) in try line(metrics) }
    }
    try CheckpointError.accessing { () throws(FileError) in try AtomicFile.write(bytes, to: path) }
  }

  private static func line(_ metrics: EpochMetrics) throws(CheckpointError) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    do {
      return [UInt8](try encoder.encode(metrics)) + [newline]
    } catch {
      throw .format("the metrics of epoch \(metrics.epoch) cannot be written: one is not finite")
    }
  }

  /// Waits until the lines are on the disk and survive a loss of power.
  package func synchronize() throws(CheckpointError) {
    try CheckpointError.accessing { () throws(FileError) in try file.synchronize() }
  }

  /// Returns the lines of the log at `path`. A training may be writing to it: an incomplete last line is left
  /// out.
  package static func read(_ path: String) throws(CheckpointError) -> [EpochMetrics] {
    let bytes = try CheckpointError.accessing { () throws(FileError) in
      try AtomicFile.read(path, sizeLimit: sizeLimit, mayGrow: true)
    }
    var result: [EpochMetrics] = []
    for (index, line) in lines(bytes).enumerated() {
      do {
        result.append(try JSONDecoder().decode(EpochMetrics.self, from: Data(line)))
      } catch {
        throw .file(
          path: path,
          .format("line \(index + 1) is not a JSON object with an epoch's metrics; remove it"))
      }
    }
    return result
  }

  private static let newline = UInt8(ascii: "\n")

  /// Returns the complete lines.
  private static func lines(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    bytes.split(separator: newline, omittingEmptySubsequences: false).dropLast()
  }
}
