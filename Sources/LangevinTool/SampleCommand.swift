import ArgumentParser
import Checkpoints
import Diffusion
import Langevin
import LangevinFiles
import LinearAlgebra
import Tables

struct SampleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sample",
    abstract: "Draw samples from a trained model",
    discussion: """
      The same seed gives the same samples for any number of threads. The first N samples of a larger \
      --count are those of --count N.

      EXAMPLE
        langevin sample roll --count 10000 --seed 1 --output samples.csv
        langevin sample roll --count 100 --output - | head
        langevin sample roll --sampler dpm++ --steps 15 --output fast.npy
        langevin sample roll --count 500 --output end.npy --trajectory states.npy
        langevin sample customers --count 1000 --output synthetic.csv
        langevin sample shapes --where label=1 --count 100 --output crosses.png
        langevin sample plans --where plan=basic --guidance 1.5 --output basic.csv
      """)

  @Argument(help: ArgumentHelp("Folder of the run.", valueName: "DIR"), completion: .directory)
  var folder: String

  @Option(help: ArgumentHelp("Number of samples.", valueName: "N"))
  var count: Int = 10_000

  @Option(help: ArgumentHelp("Seed of all random numbers.", valueName: "S"))
  var seed: UInt64 = 0

  @OptionGroup(title: "Sampler") var sampling: SamplingOptions

  @OptionGroup(title: "Moved data") var data: DataOptions
  @OptionGroup var compute: ComputeOptions

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "File for the samples: .csv, .npy or .json, for images also .png or .svg; - writes CSV to standard "
        + "output.",
      valueName: "FILE"), completion: .file())
  var output: String

  @Option(
    help: ArgumentHelp(
      "File for all states from noise to samples, an array of (steps + 1) × count × columns. Each state is "
        + "scaled to α² + σ² = 1; the states of a table are in the model's coordinates.",
      valueName: "FILE.npy"), completion: .file(extensions: ["npy"]))
  var trajectory: String?

  @Option(
    help: ArgumentHelp(
      "File for the labels of the samples, .npy or .csv, if the model was trained with --labels and --output "
        + "is .npy.", valueName: "FILE"), completion: .file(extensions: ["npy", "csv"]))
  var labelsOutput: String?

  @OptionGroup var protection: ProtectionOptions
  @OptionGroup var reporting: ReportingOptions

  mutating func validate() throws {
    try requirePositive("--count", count)
    let file = try SampleFile(output)
    if let labelsOutput {
      guard [.npy, .csv].contains(try SampleFile(labelsOutput).format), labelsOutput != "-" else {
        throw ValidationError(
          "--labels-output \(labelsOutput): the file's name must end in .npy or .csv")
      }
      if file.format != .npy {
        throw ValidationError(
          """
          --labels-output \(labelsOutput): only samples in a .npy file need a separate file of labels; leave \
          it out
          """)
      }
    }
    if let trajectory {
      guard case .npy = try SampleFile(trajectory).format else {
        throw ValidationError("--trajectory \(trajectory): the file's name must end in .npy")
      }
    }
    let outputs = [
      ("--output", output), ("--trajectory", trajectory), ("--labels-output", labelsOutput),
    ]
    for (index, (option, path)) in outputs.enumerated() {
      for (other, file) in outputs[..<index] {
        guard let path, let file, FileIdentity.areSame(path, file) else { continue }
        throw ValidationError(
          "\(other) \(file) and \(option) \(path): they are the same file; name two")
      }
    }
    if reporting.json && output == "-" {
      throw ValidationError("--json and --output - both write to standard output; choose one")
    }
  }

  mutating func run() throws {
    let engine = compute.prepare()
    let threads = compute.samplingThreads
    let file = try SampleFile(output)
    let run = try LoadedRun(RunFolder(folder), data.moved)
    let (configuration, model) = (run.configuration, run.model)
    try run.files.check(output, overwrite: protection.overwrite)
    try run.files.check(trajectory, as: "--trajectory", overwrite: protection.overwrite)
    try run.files.check(labelsOutput, as: "--labels-output", overwrite: protection.overwrite)
    if labelsOutput != nil && configuration.dataset.file?.labels == nil {
      throw ToolError("--labels-output: the run was not trained with --labels; leave it out")
    }
    try file.requireRoom(for: count, of: configuration.table)
    // For the samples and for their text, which is longer.
    try requireMemory("--count \(count)", count, configuration.dataWidth, numbersEach: 8)
    if trajectory != nil, configuration.variables != nil {
      throw ToolError(
        "--trajectory: the run has categories, which have no states between noise and data; leave it out"
      )
    }
    let rowSampler = try sampling.sampler(
      model, configuration, count: count, seed: seed)
    let sampler = rowSampler.sampler
    if trajectory != nil {
      try requireMemory(
        "--count \(count)", count, configuration.model.dimension,
        numbersEach: 8 + 2 * sampler.steps)
    }
    let clock = ContinuousClock()
    let start = clock.now
    let samples: Matrix<Float>
    var states: [Matrix<Float>] = []
    if trajectory == nil {
      samples = try rowSampler.sample(
        count: count, seed: seed, threads: threads, engine: engine)
    } else {
      states = sampler.trajectory(count: count, seed: seed, threads: threads, engine: engine)
      samples = rowSampler.rows(states[states.count - 1])
    }
    let seconds = (clock.now - start).inSeconds
    if let trajectory {
      try AtomicFile.write(NPY.bytes(ofStates: states), to: trajectory)
    }
    if let table = configuration.table, table.image != nil, file.format == .picture {
      try file.write(table, samples)
    } else if let table = configuration.table {
      try write(table.decode(samples), to: file, configuration)
    } else {
      try file.write(samples)
    }

    let report = SamplingReport(
      output: output, count: count, steps: sampler.steps, evaluations: sampler.evaluations,
      seconds: seconds, seed: seed,
      allFinite: samples.isFinite)
    if reporting.json {
      try Terminal.output(
        json: Report(work: report, compute: ComputeReport(engine, threads: threads)))
    } else if !reporting.quiet && output != "-" {
      try Terminal.output(report.description)
    }
  }
}

extension SampleCommand {
  /// Writes the rows of a table. If training read labels from a separate file, a `.npy` file of samples does
  /// not contain them, and they go to `--labels-output`.
  private func write(
    _ table: Table, to file: SampleFile, _ configuration: RunConfiguration
  ) throws {
    guard let source = configuration.dataset.file?.labels, file.format == .npy,
      let column = table.column(TableFile.labelColumn)
    else { return try file.write(table) }
    if let labelsOutput {
      try SampleFile(labelsOutput).write(Table([column], layout: source.layout ?? .csv()))
    } else if !reporting.quiet {
      Terminal.report("note: \(output) has no labels; --labels-output FILE writes them\n")
    }
    try file.write(
      Table(table.columns.filter { $0.name != column.name }, layout: table.layout))
  }
}

/// The result of sampling, as text and as JSON.
struct SamplingReport: Encodable, CustomStringConvertible {
  let output: String
  let count: Int
  let steps: Int
  let evaluations: Int
  let seconds: Double
  let seed: UInt64
  let allFinite: Bool

  var description: String {
    "drew \(counted(count, "sample")) with \(counted(steps, "step")) in "
      + "\(seconds.fixed(2)) s; wrote \(output)"
      + (allFinite
        ? "" : "; some numbers are not finite: the model has diverged; lower --learning-rate")
  }
}
