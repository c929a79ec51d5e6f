import Checkpoints
import Diffusion
import Foundation
import LangevinFiles
import Testing

/// The log file of a training.
@Suite struct MetricsLogTests {
  private func inFolder(_ body: (String) throws -> Void) throws {
    try TinyRun.inFolder { folder in
      try FileManager.default.createDirectory(
        atPath: folder.path, withIntermediateDirectories: true)
      try body("\(folder.path)/metrics.jsonl")
    }
  }

  private func metrics(_ epoch: Int) -> EpochMetrics {
    EpochMetrics(
      epoch: epoch, step: 3 * epoch, loss: 1 / Double(epoch), gradientNorm: 0.1, learningRate: 1e-3,
      stepsPerSecond: 1000, heldOutLoss: epoch.isMultiple(of: 2) ? 0.5 : nil)
  }

  private func progress(_ epochs: Int, more: Int = 0) -> TrainingProgress {
    TrainingProgress(
      steps: 3 * epochs + more, epochLosses: (0..<epochs).map { 1 / Double($0 + 1) },
      partialLossSum: Double(more), partialLossCount: more)
  }

  /// Writes a log with the lines of these epochs, and closes it.
  private func write(
    _ epochs: some Sequence<Int>, to path: String, of count: Int = 9
  ) throws {
    let log = try MetricsLog(path, after: TrainingProgress(), of: count)
    for epoch in epochs { try log.append(metrics(epoch)) }
  }

  private func text(_ path: String) throws -> String {
    String(decoding: try AtomicFile.read(path, sizeLimit: 1 << 20), as: UTF8.self)
  }

  @Test func whatIsAppendedIsRead() throws {
    try inFolder { path in
      let log = try MetricsLog(path, after: TrainingProgress(), of: 9)
      #expect(try MetricsLog.read(path).isEmpty)
      for epoch in 1...5 {
        try log.append(metrics(epoch))
        #expect(try MetricsLog.read(path) == (1...epoch).map(metrics))
      }
      try log.synchronize()
      let first = try #require(try text(path).split(separator: "\n").first)
      #expect(
        first == """
          {"epoch":1,"gradientNorm":0.1,"learningRate":0.001,"loss":1,"step":3,"stepsPerSecond":1000}
          """)
    }
  }

  /// Lines after the save that training resumes from are removed, since they will be written again.
  @Test(arguments: 0...6, [0, 2])
  func linesBeyondASaveAreRemoved(epochs: Int, more: Int) throws {
    try inFolder { path in
      try write(1...5, to: path)
      let again = try MetricsLog(path, after: progress(epochs, more: more), of: 9)
      let kept = (1...5).filter { $0 <= epochs }.map(metrics)
      #expect(try MetricsLog.read(path) == kept)
      try again.append(metrics(7))
      #expect(try MetricsLog.read(path) == kept + [metrics(7)])
    }
  }

  /// The last line is incomplete because the program was killed or the disk was full.
  @Test(arguments: 1...100)
  func aTornLineIsRemoved(length: Int) throws {
    try inFolder { path in
      try write(1...3, to: path)
      let whole = try AtomicFile.read(path, sizeLimit: 1 << 20)
      let torn = Array(whole.dropLast(length))
      try AtomicFile.write(torn, to: path)
      let left = torn.count { $0 == UInt8(ascii: "\n") }
      #expect(try MetricsLog.read(path) == (0..<left).map { metrics($0 + 1) })
      let again = try MetricsLog(path, after: progress(3), of: 9)
      #expect(try AtomicFile.read(path, sizeLimit: 1 << 20).count <= torn.count)
      for epoch in left..<3 { try again.append(metrics(epoch + 1)) }
      #expect(try AtomicFile.read(path, sizeLimit: 1 << 20) == whole)
    }
  }

  /// Lines up to the save stay unchanged byte for byte, including fields of other programs.
  @Test func keptLinesAreLeftAsTheyAre() throws {
    try inFolder { path in
      let line = """
        {"epoch": 1, "step": 3, "loss": 1.0, "learningRate": 1e-3, "stepsPerSecond": 9, "note": "mine"}

        """
      let others = [
        "nonsense", "", "{}", "\u{0}\u{0}", String(line.dropLast()), "[1]", #"{"epoch": 2}"#,
      ]
      try AtomicFile.write(
        Array((line + others.joined(separator: "\n") + "\n").utf8), to: path)
      #expect(throws: CheckpointError.self) { try MetricsLog.read(path) }
      _ = try MetricsLog(path, after: progress(4), of: 9)
      #expect(try text(path) == line)
      #expect(try MetricsLog.read(path).map(\.loss) == [1])
      #expect(try MetricsLog.read(path).first?.gradientNorm == nil)
    }
  }

  /// The last epoch always has a line. If the training is extended, the line stays only if the log would
  /// contain it anyway.
  @Test func theLastLineOfAShorterTrainingIsRemoved() throws {
    try inFolder { path in
      try write([999, 1000, 1001], to: path, of: 1001)
      _ = try MetricsLog(path, after: progress(1001), of: 1001)
      #expect(try MetricsLog.read(path).map(\.epoch) == [999, 1000, 1001])
      _ = try MetricsLog(path, after: progress(1001), of: 2000)
      #expect(try MetricsLog.read(path).map(\.epoch) == [999, 1000])
    }
  }

  @Test func damageIsNamed() throws {
    try inFolder { path in
      try write([1], to: path)
      try AtomicFile.write(Array((try text(path) + "nonsense\n").utf8), to: path)
      let error = #expect(throws: CheckpointError.self) { try MetricsLog.read(path) }
      #expect(error?.description.hasPrefix("\(path): line 2 is not a JSON object") == true)
    }
  }

  @Test func numbersAreFinite() throws {
    try inFolder { path in
      let log = try MetricsLog(path, after: TrainingProgress(), of: 9)
      var bad = metrics(1)
      bad.loss = .infinity
      #expect(throws: CheckpointError.self) { try log.append(bad) }
      #expect(try text(path).isEmpty)
    }
  }

  /// The mean over an epoch is that of its batches, even with saves in between. After a save without the sum,
  /// the mean is nil.
  @Test func gradientNormsAreAveragedAcrossSaves() throws {
    try TinyRun.inFolder { folder in
      let training = try TinyRun.training()
      var progress = TrainingProgress()
      var norms: [Double] = []
      try folder.begin(TinyRun.configuration, overwrite: false)
      for step in training.prefix(3) {
        norms.append(step.gradientNorm)
        let means = progress.record(step)
        #expect((means != nil) == step.endsEpoch)
        if let means { #expect(means.gradientNorm == norms.reduce(0, +) / 3) }
        try folder.save(training.state, progress: progress)
        #expect(try folder.progress() == progress)
        var unknown = progress
        unknown.partialGradientNormSum = nil
        try folder.save(training.state, progress: unknown)
        #expect(
          try folder.progress().partialGradientNormSum == (step.endsEpoch ? 0 : nil))
      }
      var unknown = TrainingProgress()
      unknown.partialGradientNormSum = nil
      var means: (loss: Double, gradientNorm: Double?)?
      for step in training.prefix(3) { means = unknown.record(step) }
      #expect(means != nil && means?.gradientNorm == nil)
      #expect(unknown.partialGradientNormSum == 0)
    }
  }
}
