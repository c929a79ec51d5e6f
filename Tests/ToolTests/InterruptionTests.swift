import Checkpoints
import Foundation
import Testing

/// Ctrl-C and kill during training.
@Suite struct InterruptionTests {
  enum Signal: Int32, CaseIterable {
    case hangUp = 1
    case interrupt = 2
    case terminate = 15
  }

  private func stoppedRun(
    _ signal: Signal, more: [String] = []
  ) throws -> (folder: TemporaryFolder, result: ToolResult) {
    let folder = try TemporaryFolder()
    let tool = try RunningTool(TrainedRun.options(epochs: 1_000_000) + more, in: folder)
    tool.waitForErrors("epoch ")
    tool.send(signal.rawValue)
    return (folder, try tool.result())
  }

  @Test(arguments: Signal.allCases)
  func savesAndSaysHowToResume(signal: Signal) throws {
    let (folder, result) = try stoppedRun(signal)
    #expect(!result.wasKilled)
    #expect(result.status == 128 + signal.rawValue, "\(result.errors)")
    #expect(result.output.isEmpty)
    let last = try #require(result.errors.split(separator: "\n").last)
    #expect(last.hasPrefix("stopped after "))
    #expect(last.hasSuffix(" of 4000000 steps and saved in run; resume with: langevin resume run"))
    #expect(
      try folder.contents().keys.sorted() == [
        "run", "run/config.json", "run/metrics.jsonl", "run/model.safetensors",
        "run/training.safetensors",
      ])

    // Compares the resumed run with an uninterrupted one.
    let run = RunFolder(folder.url("run").path)
    let progress = try run.training(run.configuration()).progress
    #expect(progress.steps > 0)
    let epochs = progress.epochs + 2
    try Tool.succeed(["resume", "run", "--epochs", "\(epochs)", "--quiet"], in: folder)
    let whole = try TemporaryFolder()
    try Tool.succeed(TrainedRun.options(epochs: epochs) + ["--quiet"], in: whole)
    #expect(try folder.contentsWithoutTimes() == whole.contentsWithoutTimes())
  }

  /// `timeout` signals a program and its process group, and when a terminal closes, both the shell and
  /// the system may send a signal.
  @Test(arguments: Signal.allCases)
  func repeatedSignalsCountOnce(signal: Signal) throws {
    let folder = try TemporaryFolder()
    let tool = try RunningTool(TrainedRun.options(epochs: 1_000_000), in: folder)
    tool.waitForErrors("epoch ")
    for _ in 0..<20 { tool.send(signal.rawValue) }
    let result = try tool.result()
    #expect(!result.wasKilled && result.status == 128 + signal.rawValue)
    try folder.expectWholeRun()
    #expect(try #require(folder.run.load().steps) > 0)
  }

  /// The model takes a second to save.
  @Test func secondCtrlCEndsImmediately() throws {
    let folder = try TemporaryFolder()
    let tool = try RunningTool(
      [
        "train", "swiss-roll", "--count", "4096", "--batch", "4096", "--hidden", "3072,3072",
        "--preset", "fixed", "--output", "run", "--quiet",
      ], in: folder)
    tool.wait { folder.exists("run/config.json") }
    tool.interrupt()
    Thread.sleep(forTimeInterval: 0.2)
    // The program is stopped until the second signal is late enough to count as a separate one.
    tool.send(SIGSTOP)
    Thread.sleep(forTimeInterval: 0.6)
    tool.interrupt()
    tool.send(SIGCONT)
    let result = try tool.result()
    #expect(result.wasKilled && result.status == SIGINT)
  }

  /// Under `nohup`, training continues after the terminal closes.
  @Test func respectsIgnoredHangUps() throws {
    let folder = try TemporaryFolder()
    let tool = try RunningTool(
      TrainedRun.options(epochs: 1_000_000), in: folder, wrapper: ["/usr/bin/env", "nohup"])
    tool.waitForErrors("epoch ")
    tool.send(SIGHUP)
    let lines = try folder.run.metrics().count
    tool.wait { (try? folder.run.metrics().count > lines) == true }
    tool.interrupt()
    let result = try tool.result()
    #expect(!result.wasKilled && result.status == 130)
  }

  /// Commands that do not train end at once; a shell reports this as status 130.
  @Test(
    arguments: Signal.allCases,
    [
      ["sample", "run", "--count", "3000000", "--output", "new.csv"],
      ["report", "run", "--sets", "50", "--output", "new.html"],
      ["evaluate", "run", "--sets", "50"],
    ]) func otherCommandsLeaveNoFiles(signal: Signal, command: [String]) throws
  {
    let folder = try TrainedRun.copy()
    let before = try folder.contents()
    let tool = try RunningTool(command, in: folder)
    Thread.sleep(forTimeInterval: 0.2)
    tool.send(signal.rawValue)
    let result = try tool.result()
    #expect(result.wasKilled && result.status == signal.rawValue)
    #expect(result.output.isEmpty)
    #expect(try folder.contents() == before)
  }

  /// A signal does not interrupt the writing of an output file.
  @Test func finishesTheFileBeingWritten() throws {
    let folder = try TrainedRun.copy()
    let before = try folder.contents().keys.sorted()
    for _ in 0..<3 {
      let tool = try RunningTool(
        [
          "sample", "run", "--count", "100000", "--sampler", "ddim", "--steps", "1", "--output",
          "new.csv",
        ],
        in: folder)
      tool.wait(every: 0.0002) {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.url.path)) ?? []
        return names.contains { $0.hasSuffix(".tmp") || $0 == "new.csv" }
      }
      tool.interrupt()
      _ = try tool.result()
      let after = try folder.contents()
      #expect(after.keys.filter { $0 != "new.csv" }.sorted() == before)
      let file = try #require(after["new.csv"])
      #expect(file.count { $0 == UInt8(ascii: "\n") } == 100_001)
      try FileManager.default.removeItem(at: folder.url("new.csv"))
    }
  }

  @Test func jsonReportsAnIncompleteRun() throws {
    let (_, result) = try stoppedRun(.interrupt, more: ["--json"])
    #expect(result.status == 130)
    #expect(try result.json()["isComplete"] as? Bool == false)
  }

  /// A run that stopped within an epoch has taken more steps than its complete epochs.
  @Test func rejectsEndingBeforeAStartedEpoch() throws {
    let (folder, _) = try stoppedRun(.interrupt)
    let run = RunFolder(folder.url("run").path)
    let configuration = try run.configuration()
    let state = try run.training(configuration).state
    let progress = TrainingProgress(
      steps: 5, epochLosses: [1], partialLossSum: 2, partialLossCount: 1)
    try run.save(state, progress: progress)
    let line = try Tool.refuse(["resume", "run", "--epochs", "1"], in: folder)
    #expect(line.contains("5 steps already"))
  }
}
