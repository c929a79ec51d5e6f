import ArgumentParser
import Checkpoints
import Diffusion
import Langevin

/// What every command needs that shows samples of a run.
struct DrawingOptions: ParsableArguments {
  @Argument(help: ArgumentHelp("The folder of the run.", valueName: "DIR"), completion: .directory)
  var folder: String

  @Option(help: ArgumentHelp("What the samples come from.", valueName: "S"))
  var seed: UInt64 = 0

  @OptionGroup(title: "Sampler") var sampling: SamplingOptions
  @OptionGroup(title: "Data that moved") var data: DataOptions
  @OptionGroup var compute: ComputeOptions

  @Flag(help: "Say nothing but errors.")
  var quiet = false

  /// The run, after a check that `output` replaces nothing of it.
  func run(writing output: String) throws -> LoadedRun {
    let run = try LoadedRun(RunFolder(folder), data.moved)
    try run.files.check(output)
    return run
  }

  /// What draws `count` samples of `model`, a run of `configuration`.
  func sampler(
    _ model: DiffusionModel, _ configuration: RunConfiguration, count: Int
  ) throws -> RowSampler {
    try sampling.sampler(model, configuration, count: count, seed: seed)
  }

  /// Says where the result is, unless that is not wanted.
  func tell(written output: String) throws {
    if !quiet { try Terminal.output("wrote \(output)") }
  }
}
