public import ArgumentParser
public import Checkpoints
import Datasets
import Diffusion
import Langevin
import Tables

struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Train a model and save it as a run",
    discussion: """
      Shows progress on standard error: on a terminal a bar and the loss curve, elsewhere lines. Ctrl-C \
      saves the run and exits with status 130 (kill: 143, a closed terminal: 129). langevin resume then \
      continues the run, and produces the same bytes as an uninterrupted run. A second Ctrl-C ends the \
      program at once.

      The run is saved once a minute, so it survives if the program is killed. With --resume, the same \
      command starts the run, or resumes it if it exists. However often it is killed, it produces the same \
      bytes as an uninterrupted run. Resuming with a larger --epochs produces those of one longer run if the \
      learning rate is constant. With --decay cosine (preset best) it does not: the learning rate falls to 0 \
      at the last epoch, which --epochs moves.

      EXAMPLE
        langevin train swiss-roll --output roll
        langevin train swiss-roll --output roll --resume --checkpoint-every 5
        langevin train moons --preset fixed --epochs 200 --output moons
        langevin train customers.csv --drop id --output customers
        langevin train customers.csv --drop id --condition plan --output plans
        langevin train shapes.npy --image 8x8 --labels shapes-labels.npy -o shapes

      TABLES
      A .csv file has rows of numbers and categories, separated by commas, semicolons, tabs or vertical \
      bars. Cells may be quoted, or missing. The cells of a column decide whether it is numeric; its numbers \
      may have currency signs, percent signs and thousands separators. Samples have the same columns in the \
      same formats, with missing cells as frequent as in the data. A .npy file has only numbers. A .csv.gz \
      file is decompressed; - reads standard input. If a file is ambiguous, a note says how it was read. The \
      run records the path of the file, and cannot be resumed if the contents have changed. If the file has \
      moved, pass its new path to resume --data.

      IMAGES
      With --image 8x8, a row holds the pixels of an image, line by line: 64 columns of integers, or an \
      array of n × 8 × 8. The numbers of a .npy file may be integers or floats. Samples are such rows, or a \
      picture: sample --output digits.png.

      CONDITIONS
      With --condition species, the model learns the distribution of the rows of each species. It also \
      learns that of all rows, by training on one row in ten without its species (--condition-dropout). \
      Samples have the species in the proportions of the data, or one species with sample --where \
      species=setosa. Labels from a separate file become a condition with the name label.

      DATA SETS
      \(definitions(Dataset.all.map { ($0.name, $0.summary) }))

      PRESETS
      \(definitions(Preset.allCases.map { ($0.rawValue, $0.summary) }))

      The options under MODEL and TRAINING override the preset.
      """)

  @Argument(
    help: ArgumentHelp(
      "Name of a data set listed above, or a table in a .csv or .npy file.",
      valueName: "NAME|FILE"), completion: .file(extensions: ["csv", "npy"]))
  var dataset: String

  @Option(help: "Settings of the model and its training.")
  var preset: Preset = .best

  @Option(
    help: ArgumentHelp(
      "Points to draw from the data set (default: best 50000, others 10000).", valueName: "N"))
  var count: Int?

  @Option(
    help: ArgumentHelp(
      "Standard deviation of the data set's noise (default: see langevin data).", valueName: "X"))
  var noise: Double?

  @Option(help: ArgumentHelp("Seed of all random numbers.", valueName: "S"))
  var seed: UInt64 = 0

  @OptionGroup(title: "Tables") var input: TableInputOptions
  @OptionGroup(title: "Model") var modelOptions: ModelOptions
  @OptionGroup(title: "Training") var trainingOptions: TrainingOptions
  @OptionGroup var compute: ComputeOptions

  @Option(
    name: .shortAndLong, help: ArgumentHelp("Folder of the run.", valueName: "DIR"),
    completion: .directory)
  var output: String

  @Flag(help: "Replace an existing run in the folder.")
  var overwrite = false

  @Flag(
    help: ArgumentHelp(
      "Resume the run in the folder if there is one, otherwise start it.",
      discussion: "Its settings must be the same, except --epochs."))
  var resume = false

  @OptionGroup var checkpoints: CheckpointOptions
  @OptionGroup var reporting: ReportingOptions

  mutating func validate() throws {
    if let count { try requirePositive("--count", count) }
    try requireNoise(noise)
    if resume && overwrite {
      throw ValidationError(
        "--resume and --overwrite: one keeps an existing run, the other replaces it; choose one")
    }
    if isFile {
      if count != nil || noise != nil {
        throw ValidationError("--count and --noise are for named data sets, not for files")
      }
      return
    }
    if input.areGiven {
      throw ValidationError("\(TableInputOptions.names) are for .csv and .npy files")
    }
  }

  private var isFile: Bool { TableFile.isNamed(dataset) }

  private func data() throws -> any TrainingData {
    if isFile { return DataFile(dataset, input) }
    do {
      return try NamedData(dataset, count: count ?? preset.points, noise: noise)
    } catch {
      throw ToolError("\(described(error)); or name a .csv or .npy file")
    }
  }

  mutating func run() throws {
    compute.use()
    let points = try data().trainingPoints(seed: seed)
    var configuration = RunConfiguration(
      preset, dataset: points.dataset(seed: seed, heldOut: trainingOptions.heldOut),
      dimension: points.dimension, table: points.table)
    try modelOptions.apply(to: &configuration)
    try trainingOptions.apply(to: &configuration)
    Interruption.watch()
    let trainer = try Trainer(
      configuration, points, threads: compute.threads,
      savedIn: checkpoints.destination(
        output, existingRun: resume ? .resume : overwrite ? .overwrite : .refuse))
    if !reporting.quiet {
      if let table = points.table, table.image == nil {
        Terminal.report("columns: \(ColumnListing(table).sentence)\n")
      }
      TableNote.report(points.notes)
      Terminal.report("preset \(preset.rawValue): \(preset.summary)\n")
    }
    try TrainingRun(trainer, folder: output, reporting: reporting).run()
  }
}

extension Preset: ExpressibleByArgument {}

extension DataFile {
  /// Creates data from the file at `path`, read with `options`.
  init(_ path: String, _ options: TableInputOptions) {
    self.init(
      path, conditions: options.condition?.names ?? [], image: options.image,
      labels: options.labels, options: options.reading.options)
  }
}

/// The options for the output of a command.
struct ReportingOptions: ParsableArguments {
  @Flag(help: "Print only errors and, with --json, the JSON object.")
  var quiet = false

  @Flag(help: "Print one JSON object to standard output at the end.")
  var json = false
}

/// Throws unless `noise`, the value of `--noise`, is nil or within its bounds.
func requireNoise(_ noise: Double?) throws {
  let bounds = RunConfiguration.Dataset.noises
  if let noise, !bounds.contain(noise) {
    throw ValidationError("--noise \(noise): choose a number \(bounds)")
  }
}

func requirePositive(_ name: String, _ value: Int) throws {
  if value < 1 { throw ValidationError("\(name) \(value): choose a number of at least 1") }
}
