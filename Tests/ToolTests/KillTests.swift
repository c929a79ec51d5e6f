import Checkpoints
import Foundation
import Testing

/// Training runs killed at random moments, repeatedly.
@Suite struct KillTests {
  /// Starts the command again, kills it, and checks what it left.
  private func kill(_ command: [String], in folder: TemporaryFolder, turn: Int) throws {
    let lines = (try? folder.run.metrics().count) ?? 0
    let tool = try RunningTool(command, in: folder)
    if turn.isMultiple(of: 3) {
      // Kills the program while it starts.
      Thread.sleep(forTimeInterval: .random(in: 0...0.2))
    } else {
      tool.wait { (try? folder.run.metrics().count > lines) == true }
      Thread.sleep(forTimeInterval: .random(in: 0...0.1))
    }
    tool.kill()
    let result = try tool.result()
    // A short command may have ended first.
    try #require(result.wasKilled || result.status == 0, "\(result.errors)")
    if folder.run.holdsRun {
      try folder.expectWholeRun()
      let configuration = try folder.run.configuration()
      _ = try folder.run.training(configuration)
    }
  }

  /// With a constant learning rate, epochs may be added.
  @Test func constantRateGivesTheSameBytes() throws {
    let folder = try TemporaryFolder()
    let endless =
      TrainedRun.options(epochs: 1_000_000) + ["--resume", "--checkpoint-every", "1", "--quiet"]
    for turn in 0..<12 { try kill(endless, in: folder, turn: turn) }
    let epochs = try folder.run.progress().epochs
    #expect(epochs > 0)
    try Tool.succeed(TrainedRun.options(epochs: epochs + 3) + ["--resume"], in: folder)
    try folder.expectRun(trainedBy: TrainedRun.options(epochs: epochs + 3))
  }

  /// With a decaying learning rate, the last epoch must stay the same.
  @Test func decayingRateGivesTheSameBytes() throws {
    let folder = try TemporaryFolder()
    let options = TrainedRun.bestOptions.map { $0 == "3" ? "300" : $0 }
    for turn in 0..<6 {
      try kill(
        options + ["--resume", "--checkpoint-every", "2", "--quiet"], in: folder, turn: turn)
    }
    try Tool.succeed(options + ["--resume"], in: folder)
    try folder.expectRun(trainedBy: options)
  }

  /// Killed during a save, after the first file: samples come from the previous save until training
  /// resumes.
  @Test func usesAndReplacesAnOlderModel() throws {
    let folder = try TrainedRun.copy()
    let old = try folder.bytes("run/model.safetensors")
    try Tool.succeed(["resume", "run", "--epochs", "4"], in: folder)
    try folder.write(old, to: "run/model.safetensors")
    try folder.expectWholeRun()
    let samples = try Tool.succeed(["sample", "run", "--count", "9", "--output", "-"], in: folder)
    let before = try Tool.succeed(
      ["sample", "run", "--count", "9", "--output", "-"], in: TrainedRun.copy())
    #expect(samples.output == before.output)
    try Tool.succeed(["resume", "run"], in: folder)
    try folder.expectRun(trainedBy: TrainedRun.options(epochs: 4))
  }

  /// Killed while replacing a run: the folder holds either the old run or the new one.
  @Test func overwritingIsAllOrNothing() throws {
    let folder = try TrainedRun.copy()
    let old = try folder.run.configuration()
    let other = try TemporaryFolder()
    try Tool.succeed(TrainedRun.options(epochs: 1, seed: 7), in: other)
    var new = try other.run.configuration()
    new.training.epochs = 1_000_000
    let command = TrainedRun.options(epochs: 1_000_000, seed: 7) + ["--overwrite", "--quiet"]
    for _ in 0..<6 {
      let tool = try RunningTool(command, in: folder)
      Thread.sleep(forTimeInterval: .random(in: 0...0.2))
      tool.kill()
      #expect(try tool.result().wasKilled)
      try folder.expectWholeRun()
      let configuration = try folder.run.configuration()
      #expect(configuration == old || configuration == new)
      _ = try folder.run.training(configuration)
    }
  }
}
