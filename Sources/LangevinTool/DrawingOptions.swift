import ArgumentParser
import Checkpoints
import Diffusion
import Langevin

/// The options shared by all commands that show samples of a run.
struct DrawingOptions: ParsableArguments {
  @Argument(help: ArgumentHelp("Folder of the run.", valueName: "DIR"), completion: .directory)
  var folder: String

  @Option(help: ArgumentHelp("Seed of the samples.", valueName: "S"))
  var seed: UInt64 = 0

  @OptionGroup(title: "Sampler") var sampling: SamplingOptions
  @OptionGroup(title: "Moved data") var data: DataOptions
  @OptionGroup var compute: ComputeOptions

  @Flag(help: "Print only errors.")
  var quiet = false

  /// Loads the run, and checks that `output` would not replace any of its files.
  func run(writing output: String) throws -> LoadedRun {
    let run = try LoadedRun(RunFolder(folder), data.moved)
    try run.files.check(output)
    return run
  }

  /// Returns a sampler of `count` rows from `model`, the model of a run with `configuration`.
  func sampler(
    _ model: DiffusionModel, _ configuration: RunConfiguration, count: Int
  ) throws -> RowSampler {
    try sampling.sampler(model, configuration, count: count, seed: seed)
  }

  /// Prints the path of the result unless `--quiet` was given.
  func reportWritten(_ output: String) throws {
    if !quiet { try Terminal.output("wrote \(output)") }
  }
}
