import Checkpoints
import Foundation
import Testing

/// Ctrl-C and kill in the middle of a training.
@Suite struct InterruptionTests {
  enum Signal: Int32, CaseIterable {
    case interrupt = 2
    case terminate = 15
  }

  private func stoppedRun(
    _ signal: Signal, more: [String] = []
  ) throws -> (folder: TemporaryFolder, result: ToolResult) {
    let folder = try TemporaryFolder()
    let tool = try RunningTool(TrainedRun.options(epochs: 1_000_000) + more, in: folder)
    tool.waitForErrors("epoch ")
    switch signal {
    case .interrupt: tool.interrupt()
    case .terminate: tool.terminate()
    }
    return (folder, try tool.result())
  }

  @Test(arguments: Signal.allCases)
  func savesAndSaysHowToGoOn(signal: Signal) throws {
    let (folder, result) = try stoppedRun(signal)
    #expect(!result.wasKilled)
    #expect(result.status == 128 + signal.rawValue, "\(result.errors)")
    #expect(result.output.isEmpty)
    let last = try #require(result.errors.split(separator: "\n").last)
    #expect(last.hasPrefix("stopped after "))
    #expect(last.hasSuffix(" of 4000000 steps and saved in run; go on with: langevin resume run"))
    #expect(
      try folder.contents().keys.sorted() == [
        "run", "run/config.json", "run/metrics.jsonl", "run/model.safetensors",
        "run/training.safetensors",
      ])

    // The rest, compared with a training that was never stopped.
    let run = RunFolder(folder.url("run").path)
    let progress = try run.training(run.configuration()).progress
    #expect(progress.steps > 0)
    let epochs = progress.epochs + 2
    try Tool.succeed(["resume", "run", "--epochs", "\(epochs)", "--quiet"], in: folder)
    let whole = try TemporaryFolder()
    try Tool.succeed(TrainedRun.options(epochs: epochs) + ["--quiet"], in: whole)
    #expect(try folder.contentsWithoutTimes() == whole.contentsWithoutTimes())
  }

  @Test func jsonTellsThatTheRunIsNotComplete() throws {
    let (_, result) = try stoppedRun(.interrupt, more: ["--json"])
    #expect(result.status == 130)
    #expect(try result.json()["isComplete"] as? Bool == false)
  }

  /// A run that stopped within an epoch has more steps than that many whole epochs.
  @Test func aStartedEpochCannotBeTakenBack() throws {
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
