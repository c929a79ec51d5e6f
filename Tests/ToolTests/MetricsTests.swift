import Checkpoints
import Foundation
import Testing

/// The log of metrics in the folder of a run.
@Suite struct MetricsTests {
  private func metrics(_ folder: TemporaryFolder) throws -> [EpochMetrics] {
    try RunFolder(folder.url("run").path).metrics()
  }

  @Test func everyEpochHasALine() throws {
    let folder = try TemporaryFolder()
    try Tool.succeed(TrainedRun.options(epochs: 12), in: folder)
    let metrics = try metrics(folder)
    let losses = try RunFolder(folder.url("run").path).progress().epochLosses
    #expect(metrics.map(\.epoch) == Array(1...12))
    #expect(metrics.map(\.step) == (1...12).map { 4 * $0 })
    #expect(metrics.map(\.loss) == losses)
    for line in metrics {
      #expect(line.learningRate == 1e-3 && line.heldOutLoss == nil)
      #expect(line.stepsPerSecond > 0 && line.stepsPerSecond.isFinite)
      let norm = try #require(line.gradientNorm)
      #expect(norm > 0 && norm < 100)
    }
    #expect(try folder.text("run/metrics.jsonl").filter { $0 == "\n" }.count == 12)
  }

  /// A preset with held-out points and a decaying learning rate.
  @Test func logsHeldOutLossAndLearningRate() throws {
    let folder = try TrainedRun.copy(isBest: true)
    let metrics = try metrics(folder)
    #expect(metrics.count == 3 && metrics.allSatisfy { $0.heldOutLoss != nil })
    #expect(metrics[1].learningRate > metrics[2].learningRate)
  }

  /// Everything except the speed is the same for any number of threads, and whether training was resumed
  /// or not.
  @Test(arguments: [1, 3])
  func linesDoNotDependOnInterruptions(first: Int) throws {
    let folder = try TemporaryFolder()
    try Tool.succeed(TrainedRun.options(epochs: first) + ["--threads", "1"], in: folder)
    try Tool.succeed(["resume", "run", "--epochs", "5", "--threads", "2"], in: folder)
    let whole = try TemporaryFolder()
    try Tool.succeed(TrainedRun.options(epochs: 5), in: whole)
    #expect(
      try folder.contentsWithoutTimes()["run/metrics.jsonl"]
        == whole.contentsWithoutTimes()["run/metrics.jsonl"])
  }

  /// A killed program may have logged epochs after its last save; resuming logs them again, once.
  @Test func removesLinesOfRepeatedEpochs() throws {
    let folder = try TrainedRun.copy()
    var text = try folder.text("run/metrics.jsonl")
    for epoch in 3...6 {
      text += #"{"epoch":\#(epoch),"step":\#(4 * epoch),"loss":99,"learningRate":1,"#
      text += #""stepsPerSecond":1}"# + "\n"
    }
    text += #"{"epoch":7,"st"#
    try folder.write(Data(text.utf8), to: "run/metrics.jsonl")
    #expect(try metrics(folder).map(\.epoch) == Array(1...6))
    try Tool.succeed(["resume", "run", "--epochs", "4"], in: folder)
    #expect(try metrics(folder).map(\.epoch) == Array(1...4))
    #expect(try metrics(folder).allSatisfy { $0.loss < 99 })
  }

  /// A run without a log can be resumed, and its log starts there.
  @Test func createsAMissingLog() throws {
    let folder = try TrainedRun.copy()
    try FileManager.default.removeItem(at: folder.url("run/metrics.jsonl"))
    #expect(try metrics(folder).isEmpty)
    try Tool.succeed(["resume", "run", "--epochs", "4"], in: folder)
    #expect(try metrics(folder).map(\.epoch) == [3, 4])
  }

  @Test func overwriteStartsANewLog() throws {
    let folder = try TrainedRun.copy()
    let old = try metrics(folder)
    try Tool.succeed(TrainedRun.options(epochs: 1, seed: 3) + ["--overwrite"], in: folder)
    let new = try metrics(folder)
    #expect(new.count == 1 && new[0].loss != old[0].loss)
  }
}
