import ArgumentParser
import Checkpoints
import Diffusion
import LangevinFiles
import LangevinReports
import LinearAlgebra

struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Write a report of a run as one HTML page",
    discussion: """
      The page shows the settings, samples beside data, the way from noise to samples with a slider, \
      distances beside their floors, the distribution of each column, the loss, and the noise schedule. It \
      is a single HTML file that needs no other file and no network. The same run and options give the same \
      page.

      EXAMPLE
        langevin report roll --output report.html
        langevin report roll --sampler dpm++ --steps 10 --sets 2 --output quick.html
      """)

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("File for the page: .html.", valueName: "FILE"),
    completion: .file(extensions: ["html"]))
  var output: String

  @Option(help: ArgumentHelp("Number of samples to draw and measure.", valueName: "N"))
  var count: Int = 5000

  @Option(help: ArgumentHelp("Number of sets of real points to compare with.", valueName: "K"))
  var sets: Int = 5

  @OptionGroup var drawing: DrawingOptions

  mutating func validate() throws {
    try requirePositive("--count", count)
    // One set has no range, so a measure would reach its floor only by chance.
    if !(2...1000).contains(sets) {
      throw ValidationError("--sets \(sets): choose from 2 to 1000")
    }
    let name = output.lowercased()
    if !name.hasSuffix(".html") && !name.hasSuffix(".htm") {
      throw ValidationError("--output \(output): the file's name must end in .html")
    }
  }

  mutating func run() throws {
    let run = try drawing.run(writing: output)
    try requireMemory(
      "--count \(count)", count, run.configuration.dataWidth, numbersEach: 128)
    let report = try RunReport(
      run, count: count, sets: sets, seed: drawing.seed, sampling: drawing.sampling,
      threads: drawing.compute.samplingThreads, engine: drawing.compute.prepare())
    try AtomicFile.write(Array(try report.page().html.utf8), to: output)
    try drawing.reportWritten(output)
  }
}
