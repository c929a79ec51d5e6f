import Checkpoints
import Foundation
import Testing

/// `train --resume`, which starts a run or resumes it.
@Suite struct TrainResumeTests {
  @Test func startsANewRun() throws {
    let folder = try TemporaryFolder()
    let result = try Tool.succeed(TrainedRun.options + ["--resume"], in: folder)
    #expect(!result.errors.contains("resuming"))
    try folder.expectRun(trainedBy: TrainedRun.options)
  }

  @Test func resumesAnExistingRun() throws {
    let folder = try TrainedRun.copy()
    let result = try Tool.succeed(TrainedRun.options(epochs: 5) + ["--resume"], in: folder)
    #expect(result.errors.contains("resuming after 8 of 20 steps\n"))
    try folder.expectRun(trainedBy: TrainedRun.options(epochs: 5))
  }

  @Test func leavesACompleteRunUnchanged() throws {
    let folder = try TrainedRun.copy()
    let before = try folder.contents()
    let result = try Tool.succeed(TrainedRun.options + ["--resume"], in: folder)
    #expect(result.outputText.hasPrefix("nothing left to train: 2 epochs, 8 steps, "))
    #expect(try folder.contents() == before)
  }

  /// The result does not depend on the number of saves.
  @Test(arguments: [1, 2, 100])
  func savesDoNotAffectTheResult(every: Int) throws {
    let folder = try TemporaryFolder()
    try Tool.succeed(
      TrainedRun.options(epochs: 3) + ["--checkpoint-every", "\(every)"], in: folder)
    try Tool.succeed(
      ["resume", "run", "--epochs", "5", "--checkpoint-every", "\(every)"], in: folder)
    try folder.expectRun(trainedBy: TrainedRun.options(epochs: 5))
  }

  /// More epochs move the end of a decaying learning rate, so the tool prints a note.
  @Test func notesAMovedEnd() throws {
    let folder = try TrainedRun.copy(isBest: true)
    let options = TrainedRun.bestOptions.map { $0 == "3" ? "4" : $0 }
    let result = try Tool.succeed(options + ["--resume"], in: folder)
    #expect(result.errors.contains("\nnote: the learning rate falls to 0 at the last epoch"))
    let again = try Tool.succeed(options + ["--resume"], in: folder)
    #expect(!again.errors.contains("note: "))
  }

  /// The first phrase names the difference with the key in config.json.
  @Test(arguments: [
    (["--batch", "32"], "training.batchSize is 64, not 32"),
    (["--hidden", "8,9"], "model.network.conditional.widths is [8, 8], not [8, 9]"),
    (["--seed", "18446744073709551615"], "dataset.seed is 0, not 18446744073709551615"),
    (["--count", "201"], "dataset.count is 200, not 201"),
    (["--noise", "0.25"], "dataset.noise is not given, but is now 0.25"),
    (["--decay", "cosine"], "training.decay is none, not cosine"),
    (["--prediction", "v"], "model.prediction is eps, not v"),
    (["--steps", "21"], "model.process.schedule.steps is 20, not 21"),
    (["--preset", "fixed"], "model.preset is original, not fixed, "),
    (["--preset", "fixed", "--batch", "3", "--seed", "1"], ", and 3 more; "),
  ])
  func rejectsAnotherRun(options: [String], phrase: String) throws {
    let line = try Tool.refuse(
      TrainedRun.options + options + ["--resume", "--epochs", "9"], in: TrainedRun.copy())
    #expect(line.contains("run: it holds another run: ") && line.contains(phrase), "\(line)")
    #expect(line.hasSuffix("name another folder, or add --overwrite"))
  }

  @Test func rejectsAnotherDataset() throws {
    let options = TrainedRun.options.map { $0 == "swiss-roll" ? "moons" : $0 }
    let line = try Tool.refuse(options + ["--resume"], in: TrainedRun.copy())
    #expect(line.contains("dataset.name is swiss-roll, not moons"))
  }

  @Test func rejectsFewerEpochsThanTrained() throws {
    let line = try Tool.refuse(TrainedRun.options(epochs: 1) + ["--resume"], in: TrainedRun.copy())
    #expect(line.contains("8 steps already"))
  }

  /// Covers a supervisor that starts a second program, and a user who forgot the first.
  @Test func rejectsASecondTrainingInTheFolder() throws {
    let folder = try TemporaryFolder()
    let options = TrainedRun.options(epochs: 1_000_000) + ["--quiet"]
    let first = try RunningTool(options, in: folder)
    first.wait { (try? folder.run.metrics().isEmpty == false) == true }
    for command in [options + ["--resume"], options + ["--overwrite"], ["resume", "run"]] {
      let second = try Tool.run(command, in: folder)
      #expect(second.status == 1)
      #expect(
        second.errors == """
          Error: run/metrics.jsonl: another program writes to it; wait until it has ended, or stop it

          """)
    }
    first.interrupt()
    #expect(try first.result().status == 130)
    let epochs = try folder.run.progress().epochs + 2
    try Tool.succeed(["resume", "run", "--epochs", "\(epochs)"], in: folder)
    try folder.expectRun(trainedBy: TrainedRun.options(epochs: epochs))
  }

  @Test func resumeAndOverwriteExcludeEachOther() throws {
    let line = try Tool.refuse(
      TrainedRun.options + ["--resume", "--overwrite"], in: TrainedRun.copy())
    #expect(line.contains("--resume") && line.contains("--overwrite"))
  }

  @Test(arguments: ["0", "-1", "x"], [["resume", "run"], TrainedRun.options + ["--resume"]])
  func rejectsInvalidCheckpointIntervals(every: String, command: [String]) throws {
    let line = try Tool.refuse(command + ["--checkpoint-every=\(every)"], in: TrainedRun.copy())
    #expect(line.contains("--checkpoint-every"))
  }
}
