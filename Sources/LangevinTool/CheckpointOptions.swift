import ArgumentParser
import Langevin

/// The option for when to save a run before its end.
struct CheckpointOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Save after every N epochs, in addition to once a minute.", valueName: "N"))
  var checkpointEvery: Int?

  /// Returns `folder` as the destination of a run that is saved at these times.
  func destination(_ folder: String, existingRun: RunDestination.ExistingRun) -> RunDestination {
    RunDestination(folder, existingRun: existingRun, epochs: checkpointEvery)
  }

  mutating func validate() throws {
    if let checkpointEvery { try requirePositive("--checkpoint-every", checkpointEvery) }
  }
}
