import ArgumentParser
import Checkpoints
import Datasets
import Diffusion
import LinearAlgebra

struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Train a model on a data set, and keep it in a folder.",
    discussion: """
      Shows a bar on a terminal, and lines elsewhere, on standard error. Ctrl-C saves what there \
      is, and exits with status 130; langevin resume goes on from there as if nothing had \
      happened. A second Ctrl-C ends the program at once.

      EXAMPLE
        langevin train swiss-roll --preset seed --epochs 1000 --output roll

      DATA SETS
      \(NamedDataset.all.map { "  \($0.name)  \($0.summary)" }.joined(separator: "\n"))

      PRESETS
        seed  the original program: conditional linear layers 2-128-128-128-2,
              sigmoid schedule of 100 steps, Adam 0.001, batch 128, gradients
              clipped at norm 1
      """)

  enum Preset: String, CaseIterable, ExpressibleByArgument { case seed }

  @Argument(help: "The data set, one of those above.")
  var dataset: String

  @Option(help: "The recipe of model and training.")
  var preset: Preset = .seed

  @Option(help: ArgumentHelp("Passes over the data.", valueName: "N"))
  var epochs: Int = 1000

  @Option(help: ArgumentHelp("Points of data.", valueName: "N"))
  var count: Int = 10_000

  @Option(help: ArgumentHelp("Points a step.", valueName: "N"))
  var batch: Int = 128

  @Option(help: ArgumentHelp("What all random numbers come from.", valueName: "S"))
  var seed: UInt64 = 0

  @Option(help: ArgumentHelp("The learning rate of Adam.", valueName: "L"))
  var learningRate: Double = 1e-3

  @Option(help: ArgumentHelp("Widths of the hidden layers.", valueName: "W,W,…"))
  var hidden: WidthList = WidthList([128, 128, 128])

  @Option(help: ArgumentHelp("Timesteps of the schedule.", valueName: "T"))
  var steps: Int = 100

  @OptionGroup var compute: ComputeOptions

  @Option(name: .shortAndLong, help: ArgumentHelp("The folder of the run.", valueName: "DIR"))
  var output: String

  @Flag(help: "Replace the run that the folder holds.")
  var overwrite = false

  @OptionGroup var reporting: ReportingOptions

  mutating func validate() throws {
    try requirePositive("--epochs", epochs)
    try requirePositive("--count", count)
    try requirePositive("--batch", batch)
    try requirePositive("--steps", steps)
    if batch > count {
      throw ValidationError(
        "--batch \(batch): there are only \(count) points; choose from 1 to \(count)")
    }
    if !(learningRate > 0 && learningRate.isFinite) {
      throw ValidationError("--learning-rate \(learningRate): choose a positive number")
    }
  }

  mutating func run() throws {
    let data = try NamedDataset.named(dataset)
    let configuration = RunConfiguration(
      dataset: .init(name: data.name, count: count, seed: seed),
      model: .init(
        preset: preset.rawValue, dimension: data.dimension, hidden: hidden.widths, steps: steps),
      training: .init(
        batchSize: batch, learningRate: learningRate, maximumGradientNorm: 1, seed: seed,
        epochs: epochs))
    let folder = RunFolder(output)
    try configuration.validate()
    try configuration.requireRoomForData()
    let model = try folder.begin(configuration, overwrite: overwrite)
    var training = TrainingRun(
      folder: folder, configuration: configuration, model: model, optimizer: nil,
      progress: TrainingProgress(), compute: compute, reporting: reporting)
    try training.run()
  }
}

/// Widths, separated by commas.
struct WidthList: ExpressibleByArgument, CustomStringConvertible {
  let widths: [Int]

  init(_ widths: [Int]) { self.widths = widths }

  init?(argument: String) {
    let parts = argument.split(separator: ",", omittingEmptySubsequences: false)
    let widths = parts.compactMap { Int($0) }
    guard widths.count == parts.count, widths.allSatisfy({ $0 > 0 }) else { return nil }
    self.widths = widths
  }

  var description: String { widths.map(String.init).joined(separator: ",") }
}

/// What a command says, and how.
struct ReportingOptions: ParsableArguments {
  @Flag(help: "Say nothing but errors and, if asked for, JSON.")
  var quiet = false

  @Flag(help: "Print one JSON object on standard output at the end.")
  var json = false
}

func requirePositive(_ name: String, _ value: Int) throws {
  if value < 1 { throw ValidationError("\(name) \(value): choose a number from 1 on") }
}
