import ArgumentParser
import Langevin

/// When a training is saved, apart from its end.
struct CheckpointOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Save after every N-th epoch, too, and not only once a minute.", valueName: "N"))
  var checkpointEvery: Int?

  /// The folder in which a training saves.
  func destination(_ folder: String, existingRun: RunDestination.ExistingRun) -> RunDestination {
    RunDestination(folder, existingRun: existingRun, epochs: checkpointEvery)
  }

  mutating func validate() throws {
    if let checkpointEvery { try requirePositive("--checkpoint-every", checkpointEvery) }
  }
}
