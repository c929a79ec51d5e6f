import ArgumentParser
import Datasets
import LangevinThreading

/// The options that set the extent of the measurement.
struct ExtentOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("The data sets of the section datasets.", valueName: "NAME,…"))
  var datasets: ValueList<String> = [
    "swiss-roll", "moons", "circles", "8-gaussians", "checkerboard",
  ]

  @Option(help: ArgumentHelp("The data set of the sections presets and width.", valueName: "NAME"))
  var dataset = "swiss-roll"

  @Option(
    help: ArgumentHelp(
      "Seeds of data, training and samples. The section width uses only the first.",
      valueName: "S,…"))
  var seeds: ValueList<UInt64> = [1, 2, 3]

  @Option(help: ArgumentHelp("Network widths of the section width.", valueName: "N,…"))
  var widths: ValueList<Int> = [8, 16, 32, 64, 128, 256]

  @Option(help: ArgumentHelp("Numbers of blocks in the section width.", valueName: "N,…"))
  var depths: ValueList<Int> = [1, 2, 3, 5]

  @Option(
    help: ArgumentHelp(
      "Data sets of the section neighbors: circle, line, moons.", valueName: "NAME,…"))
  var shapes: ValueList<PublishedShape> = ValueList(values: PublishedShape.allCases)

  @Option(
    help: ArgumentHelp("Sets of fresh points to compare the samples with.", valueName: "K"))
  var sets = 5

  @Flag(help: "Train for a tenth of the epochs, as a quick check.")
  var quick = false

  @Option(help: ArgumentHelp("The number of threads.", valueName: "T"))
  var threads = ThreadPool.availableProcessors

  func validate() throws {
    for name in datasets.values + [dataset] {
      do { _ = try Dataset.named(name) } catch { throw ValidationError("\(error)") }
    }
    for value in widths.values { try require("--widths", value, in: 1...1024) }
    for value in depths.values { try require("--depths", value, in: 1...64) }
    for seed in seeds.values where seed >= Trial.referenceSeed {
      throw ValidationError(
        "--seeds \(seed): choose from 0 to \(Trial.referenceSeed - 1); fresh points use the others"
      )
    }
    try require("--sets", sets, in: 1...1024)
    try require("--threads", threads, in: 1...1024)
  }
}

/// Throws unless the `value` of `option` is in `range`.
func require(_ option: String, _ value: Int, in range: ClosedRange<Int>) throws {
  if !range.contains(value) {
    throw ValidationError(
      "\(option) \(value): choose from \(range.lowerBound) to \(range.upperBound)")
  }
}

/// A list of values separated by commas.
struct ValueList<Value: LosslessStringConvertible>: ExpressibleByArgument,
  ExpressibleByArrayLiteral
{
  let values: [Value]

  init(values: [Value]) { self.values = values }

  init(arrayLiteral elements: Value...) { values = elements }

  init?(argument: String) {
    let texts = argument.split(separator: ",", omittingEmptySubsequences: false)
    let values = texts.compactMap { Value(String($0)) }
    guard values.count == texts.count else { return nil }
    self.values = values
  }

  var defaultValueDescription: String { values.map { "\($0)" }.joined(separator: ",") }
}
