import ArgumentParser
import Datasets
import Diffusion
import LinearAlgebra
import Plots

struct DataCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "data",
    abstract: "List the data sets, or write the points of one.",
    discussion: """
      Without a name, it lists what there is. With one, it writes the points that langevin train \
      sees under the same seed; the first N of a larger number are the points of N.

      EXAMPLE
        langevin data
        langevin data moons --count 1000 --seed 1 --output moons.csv
        langevin data checkerboard --noise 0.02 --output board.png
        langevin data spirals --count 100 --output - | head
      """)

  @Argument(
    help: ArgumentHelp("The data set.", valueName: "NAME"),
    completion: .list(NamedDataset.all.map(\.name)))
  var name: String?

  @Option(help: ArgumentHelp("How many points; 10000 unless given.", valueName: "N"))
  var count: Int?

  @Option(
    help: ArgumentHelp(
      "The noise, a standard deviation; that of the data set unless given.", valueName: "X"))
  var noise: Double?

  @Option(help: ArgumentHelp("What all random numbers come from; 0 unless given.", valueName: "S"))
  var seed: UInt64?

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      """
      Where the points go: a .csv, .npy or .json file, a picture that ends in .png or .svg, or - \
      for CSV on standard output.
      """, valueName: "FILE"), completion: .file())
  var output: String?

  @OptionGroup var reporting: ReportingOptions

  mutating func validate() throws {
    if let count { try requirePositive("--count", count) }
    try requireNoise(noise)
    if let output { _ = try Target(output) }
    if reporting.json && output == "-" {
      throw ValidationError("--json and --output - both write to standard output; choose one")
    }
    if name != nil && output == nil {
      throw ValidationError("--output is missing: name a file, or - for standard output")
    }
    if name == nil && (count != nil || noise != nil || seed != nil || output != nil) {
      throw ValidationError("name a data set, as in: langevin data moons --output moons.csv")
    }
  }

  mutating func run() throws {
    guard let name, let output else { return try list() }
    try ProtectedFiles().check(output)
    let dataset = try NamedDataset.named(name)
    let report = DataReport(
      dataset: name, output: output, count: count ?? 10_000, noise: noise ?? dataset.defaultNoise,
      seed: seed ?? 0)
    // The points, and their text, which is longer.
    try requireMemory("--count \(report.count)", report.count, dataset.dimension, numbersEach: 8)
    let points = dataset.points(
      count: report.count, noise: report.noise, RandomPurpose.dataset.stream(seed: report.seed))
    try Target(output).write(points, named: name)
    if reporting.json {
      try Terminal.output(json: report)
    } else if !reporting.quiet && output != "-" {
      try Terminal.output(report.description)
    }
  }

  private func list() throws {
    if reporting.json { return try Terminal.output(json: DatasetList()) }
    if !reporting.quiet { try Terminal.output(DatasetList().description) }
  }

  /// Where the points go.
  private enum Target {
    case file(SampleFile)
    case picture(String)

    init(_ path: String) throws {
      // Each refuses the names of the other; what is wrong is said for both.
      if (try? PlotFormat(path: path)) != nil {
        self = .picture(path)
      } else if let file = try? SampleFile(path) {
        self = .file(file)
      } else {
        throw ValidationError(
          "\(path): the file's name must end in .csv, .npy, .json, .png or .svg, or be -")
      }
    }

    func write(_ points: Matrix, named name: String) throws {
      switch self {
      case .file(let file): try file.write(points)
      case .picture(let path):
        try ScatterPlot([ScatterPlot.Series(name: "", points: points)], title: name)
          .write(to: path)
      }
    }
  }
}

/// What was written, for people and machines.
private struct DataReport: Encodable, CustomStringConvertible {
  let dataset: String
  let output: String
  let count: Int
  let noise: Double
  let seed: UInt64

  var description: String {
    "drew \(counted(count, "point")) of \(dataset) with noise \(noise); wrote \(output)"
  }
}

/// All data sets, for people and machines.
private struct DatasetList: Encodable, CustomStringConvertible {
  struct Entry: Encodable {
    let name: String
    let summary: String
    let dimension: Int
    let defaultNoise: Double
  }

  let datasets = NamedDataset.all.map {
    Entry(
      name: $0.name, summary: $0.summary, dimension: $0.dimension, defaultNoise: $0.defaultNoise)
  }

  var description: String {
    let names = datasets.map(\.name.count).max() ?? 0
    let noises = datasets.map(\.defaultNoise.description.count).max() ?? 0
    let lines = datasets.map { entry in
      let noise = "noise \(entry.defaultNoise)".padded(to: 6 + noises)
      return "\(entry.name.padded(to: names))  \(noise)  \(entry.summary)"
    }
    return lines.joined(separator: "\n")
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
