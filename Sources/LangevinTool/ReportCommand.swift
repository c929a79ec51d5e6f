import ArgumentParser
import Checkpoints
import Diffusion
import LangevinFiles
import LangevinReports
import LinearAlgebra

struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Tell all of a run on one page, for a browser.",
    discussion: """
      The page holds what was trained, samples beside data, the way from noise to samples with a slider, \
      distances beside their floors, each column by itself, the loss, and what becomes of the data in \
      noise. It is one file of HTML that needs no other and no network. The same run gives the same page.

      EXAMPLE
        langevin report roll --output report.html
        langevin report roll --sampler dpm++ --steps 10 --sets 2 --output quick.html
      """)

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("The page: a file that ends in .html.", valueName: "FILE"),
    completion: .file(extensions: ["html"]))
  var output: String

  @Option(help: ArgumentHelp("How many samples are drawn and measured.", valueName: "N"))
  var count: Int = 5000

  @Option(help: ArgumentHelp("Sets of real points to compare with.", valueName: "K"))
  var sets: Int = 5

  @OptionGroup var drawing: DrawingOptions

  mutating func validate() throws {
    try requirePositive("--count", count)
    // Of one set there is no range, and nothing would be at its floor but by chance.
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
      "--count \(count)", count, run.configuration.model.dimension, numbersEach: 128)
    let report = try RunReport(
      run, count: count, sets: sets, seed: drawing.seed, sampling: drawing.sampling,
      threads: drawing.compute.samplingThreads, engine: drawing.compute.prepare())
    try AtomicFile.write(Array(try report.page().html.utf8), to: output)
    try drawing.tell(written: output)
  }
}
