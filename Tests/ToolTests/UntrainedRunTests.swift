import Checkpoints
import Foundation
import SafeTensors
import Testing

/// Runs that were stopped before their first save: their samples would be noise.
@Suite struct UntrainedRunTests {
  /// The run as `train` leaves it when it is killed at once.
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
  func theyAreRefused(command: [String]) throws {
    let line = try Tool.refuse(command, in: folder())
    #expect(
      line
        == "Error: the run in run has no training yet (0 steps); resume it with: langevin resume run"
    )
  }

  @Test func infoTellsOfThem() throws {
    let text = try Tool.succeed(["info", "run"], in: folder()).outputText
    #expect(text.contains("0 of 2 epochs, 0 steps"))
  }

  @Test func resumeTrainsThem() throws {
    let folder = try folder()
    try Tool.succeed(["resume", "run", "--quiet"], in: folder)
    try folder.expectRun(trainedBy: TrainedRun.options)
    try Tool.succeed(["sample", "run", "--count", "2", "--output", "new.csv"], in: folder)
  }

  /// A step is enough, and a model of another program does not say how many it has seen.
  @Test(arguments: ["1", nil]) func aModelThatMayBeTrainedIsUsed(steps: String?) throws {
    let folder = try folder()
    let path = folder.url("run/model.safetensors").path
    var model = try SafeTensorsFile(path: path)
    model.metadata["steps"] = steps
    try model.write(to: path)
    try Tool.succeed(["sample", "run", "--count", "2", "--output", "new.csv"], in: folder)
  }
}
