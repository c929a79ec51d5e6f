public import ArgumentParser
public import Checkpoints
import Datasets
import Langevin
import Tables

struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Train a model on a data set or a table, and keep it in a folder.",
    discussion: """
      Shows a bar and the curve of the losses on a terminal, and lines elsewhere, on standard error. \
      Ctrl-C saves the run and exits with status 130 (kill: 143, a closed terminal: 129); langevin resume then \
      continues it, to the same bytes as an uninterrupted run. A second Ctrl-C ends the program at once.

      A run is saved once a minute, and so survives its program. With --resume, the same command begins \
      a run and goes on with it, however often it is killed, and comes to the same bytes as if it never \
      had been. With more --epochs it comes to those of so many epochs in one go if the learning rate is \
      constant; if it falls to 0 at the last epoch (--decay cosine, the preset best), that end moves.

      EXAMPLE
        langevin train swiss-roll --output roll
        langevin train swiss-roll --output roll --resume --checkpoint-every 5
        langevin train moons --preset fixed --epochs 200 --output moons
        langevin train customers.csv --drop id --output customers
        langevin train customers.csv --drop id --condition plan --output plans
        langevin train shapes.npy --image 8x8 --labels shapes-labels.npy --output shapes

      TABLES
      A .csv file has rows of numbers and categories, separated by commas, semicolons, tabs or vertical bars; \
      cells may be in quotation marks, or missing. Columns of numbers are told from others by their cells; \
      they may have currency signs, percent signs, and marks of thousands. Samples have the same columns, in \
      the same formats, with as many missing cells. A .npy file has numbers alone. A .csv.gz file is \
      decompressed; - reads standard input. Where a file leaves a choice, a note says how it was read. The run \
      remembers where the file lies, and is not resumed if that has changed. If it has moved, resume --data names its \
      new place.

      IMAGES
      With --image 8x8, a row is the pixels of an image, line by line: 64 columns of integers, or an array of \
      n × 8 × 8. Numbers of .npy files may be integers or floats. Samples are such rows, or pictures: sample \
      --output digits.png.

      CONDITIONS
      With --condition species, the model learns how rows look that are of one species, and one time in ten \
      rows of no species in particular. Samples have the species as often as the data, or those of sample \
      --where species=setosa. Labels in a file of their own are the condition label.

      DATA SETS
      \(NamedDataset.all.map { "  \($0.name)  \($0.summary)" }.joined(separator: "\n"))

      PRESETS
      \(Preset.allCases.map { "  \($0.rawValue)  \($0.summary)" }.joined(separator: "\n"))

      All other options depart from the preset.
      """)

  @Argument(
    help: ArgumentHelp(
      "The data set: one of those above, or a table in a .csv or .npy file.",
      valueName: "NAME|FILE"), completion: .file(extensions: ["csv", "npy"]))
  var dataset: String

  @Option(help: "The recipe of model and training: best, fixed or original.")
  var preset: Preset = .best

  @Option(
    help: ArgumentHelp(
      "Points of data. Unless given, 50000 for best, 10000 for the others.", valueName: "N"))
  var count: Int?

  @Option(
    help: ArgumentHelp(
      "The noise of the data set, a standard deviation; its own unless given.", valueName: "X"))
  var noise: Double?

  @Option(help: ArgumentHelp("What all random numbers come from.", valueName: "S"))
  var seed: UInt64 = 0

  @OptionGroup(title: "Tables") var input: TableInputOptions
  @OptionGroup(title: "Model") var modelOptions: ModelOptions
  @OptionGroup(title: "Training") var trainingOptions: TrainingOptions
  @OptionGroup var compute: ComputeOptions

  @Option(
    name: .shortAndLong, help: ArgumentHelp("The folder of the run.", valueName: "DIR"),
    completion: .directory)
  var output: String

  @Flag(help: "Replace the run that the folder holds.")
  var overwrite = false

  @Flag(
    help: ArgumentHelp(
      "Go on with the run that the folder holds, if it is one of these options, or begin it.",
      discussion: "Only --epochs may differ from those that it was begun with."))
  var resume = false

  @OptionGroup var checkpoints: CheckpointOptions
  @OptionGroup var reporting: ReportingOptions

  mutating func validate() throws {
    if let count { try requirePositive("--count", count) }
    try requireNoise(noise)
    if resume && overwrite {
      throw ValidationError(
        "--resume keeps the run of the folder, and --overwrite replaces it: choose one")
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
  /// The file at `path`, read as `options` say.
  init(_ path: String, _ options: TableInputOptions) {
    self.init(
      path, conditions: options.condition?.names ?? [], image: options.image,
      labels: options.labels, options: options.reading.options)
  }
}

/// What a command says, and how.
struct ReportingOptions: ParsableArguments {
  @Flag(help: "Say nothing but errors and, if asked for, JSON.")
  var quiet = false

  @Flag(help: "Print one JSON object on standard output at the end.")
  var json = false
}

/// Refuses a `--noise` that no data set can have, or that is far beyond all use.
func requireNoise(_ noise: Double?) throws {
  if let noise, !(0...1e6).contains(noise) {
    throw ValidationError("--noise \(noise): choose a number from 0 to 1000000")
  }
}

func requirePositive(_ name: String, _ value: Int) throws {
  if value < 1 { throw ValidationError("\(name) \(value): choose a number from 1 on") }
}
