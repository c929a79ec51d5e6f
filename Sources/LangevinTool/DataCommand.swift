import ArgumentParser
import Datasets
import Diffusion
import LinearAlgebra
import Plots

struct DataCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "data",
    abstract: "List the data sets, or write points of one",
    discussion: """
      Without a name, lists the data sets. With a name, writes the points that langevin train uses with the \
      same seed. The first N points of a larger --count are those of --count N.

      EXAMPLE
        langevin data
        langevin data moons --count 1000 --seed 1 --output moons.csv
        langevin data checkerboard --noise 0.02 --output board.png
        langevin data spirals --count 100 --output - | head
      """)

  @Argument(
    help: ArgumentHelp("Name of the data set.", valueName: "NAME"),
    completion: .list(Dataset.all.map(\.name)))
  var name: String?

  @Option(help: ArgumentHelp("Number of points (default: 10000).", valueName: "N"))
  var count: Int?

  @Option(
    help: ArgumentHelp(
      "Standard deviation of the noise (default: that of the data set).", valueName: "X"))
  var noise: Double?

  @Option(help: ArgumentHelp("Seed of all random numbers (default: 0).", valueName: "S"))
  var seed: UInt64?

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      """
      File for the points: .csv, .npy or .json, or .png or .svg for a picture; - writes CSV to \
      standard output.
      """, valueName: "FILE"), completion: .file())
  var output: String?

  @OptionGroup var reporting: ReportingOptions

  mutating func validate() throws {
    if let count { try requirePositive("--count", count) }
    try requireNoise(noise)
    if let name {
      do {
        _ = try Dataset.named(name)
      } catch {
        throw ValidationError("\(error)")
      }
    }
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
    let dataset = try Dataset.named(name)
    let report = DataReport(
      dataset: name, output: output, count: count ?? 10_000, noise: noise ?? dataset.defaultNoise,
      seed: seed ?? 0)
    // For the points and for their text, which is longer.
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

  /// The destination of the points.
  private enum Target {
    case file(SampleFile)
    case picture(String)

    init(_ path: String) throws {
      // Each rejects the names of the other, so the error lists the names of both.
      if (try? PlotFormat(path: path)) != nil {
        self = .picture(path)
      } else if let file = try? SampleFile(path) {
        self = .file(file)
      } else {
        throw ValidationError(
          "\(path): the file's name must end in .csv, .npy, .json, .png or .svg, or be -")
      }
    }

    func write(_ points: Matrix<Float>, named name: String) throws {
      switch self {
      case .file(let file): try file.write(points)
      case .picture(let path):
        try ScatterPlot([ScatterPlot.Series(name: "", points: points)], title: name)
          .write(to: path)
      }
    }
  }
}

/// The summary of what was written, as text and as JSON.
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

/// The list of all data sets, as text and as JSON.
private struct DatasetList: Encodable, CustomStringConvertible {
  struct Entry: Encodable {
    let name: String
    let summary: String
    let dimension: Int
    let defaultNoise: Double
  }

  let datasets = Dataset.all.map {
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
  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
