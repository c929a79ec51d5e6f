import Checkpoints
import Foundation
import SafeTensors
import Testing

/// Runs that stopped before their first save, whose samples would be noise.
@Suite struct UntrainedRunTests {
  /// Returns the run that `train` leaves if it is killed at once.
  private func folder() throws -> TemporaryFolder {
    let folder = try TrainedRun.copy()
    try folder.run.begin(folder.run.configuration(), overwrite: true)
    return folder
  }

  @Test(arguments: [
    ["sample", "run", "--output", "new.csv"], ["evaluate", "run"],
    ["report", "run", "--output", "new.html"], ["plot", "run", "--output", "new.png"],
    ["plot", "run", "--kind", "loss", "--output", "new.png"],
    ["animate", "run", "--output", "new.webp"],
    ["impute", "run", "--input", "a.csv", "--output", "new.csv"],
  ])
  func rejectsUntrainedRuns(command: [String]) throws {
    let line = try Tool.refuse(command, in: folder())
    #expect(
      line
        == "Error: the run in run is not trained yet (0 steps); resume it with: langevin resume run"
    )
  }

  @Test func infoDescribesUntrainedRuns() throws {
    let text = try Tool.succeed(["info", "run"], in: folder()).outputText
    #expect(text.contains("0 of 2 epochs, 0 steps"))
  }

  @Test func resumeTrainsUntrainedRuns() throws {
    let folder = try folder()
    try Tool.succeed(["resume", "run", "--quiet"], in: folder)
    try folder.expectRun(trainedBy: TrainedRun.options)
    try Tool.succeed(["sample", "run", "--count", "2", "--output", "new.csv"], in: folder)
  }

  /// A model with one step counts as trained, and so does a model of another program, which records no
  /// steps.
  @Test(arguments: ["1", nil]) func usesModelsThatMayBeTrained(steps: String?) throws {
    let folder = try folder()
    let path = folder.url("run/model.safetensors").path
    var model = try SafeTensorsFile(path: path)
    model.metadata["steps"] = steps
    try model.write(to: path)
    try Tool.succeed(["sample", "run", "--count", "2", "--output", "new.csv"], in: folder)
  }
}
