import ArgumentParser
import LangevinThreading
import LinearAlgebra
import Plots

/// The command line.
@main
struct BenchmarkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "langevin-benchmark",
    abstract: "Compare products, layers, training and sampling in Swift and by OpenBLAS.",
    discussion: """
      Measures, in four sections:
        kernels  products at the model's shapes and of squares
        layers   each layer of the model, forward and backward
        model    steps of training and sampling, and where a step's time goes
        scaling  rates against threads, batch and width

      Products are formed by the naive three loops, by the blocked Swift kernel at each \
      instruction set that this processor has, and by OpenBLAS' sgemm; the naive one sits out (—) \
      where it would take too long.

      All contenders of a row take turns within one run, so that what disturbs the machine disturbs \
      all alike; ratios are medians over these rounds. Times are medians and quartiles. The peak is \
      the rate of the fastest product of the run, by as many threads as the row has. Without \
      options, a run takes one to two minutes.

      Figures are worth something only on a machine that does nothing else: the report warns of all \
      that it finds against them. The exit status is 0, 64 if an argument is wrong, 1 if anything \
      else is.

      EXAMPLES
        Everything, with a picture:
          $ langevin-benchmark --plot rates.png
        One shape, ten seconds long:
          $ langevin-benchmark --filter 128x128x128 --seconds 10
        One section, for a program to read:
          $ langevin-benchmark --filter model --json > steps.json
      """,
    version: packageVersion)

  @Flag(help: "Print one JSON object, times in seconds, and nothing else on standard output.")
  var json = false

  @Option(
    help: ArgumentHelp(
      "Draw rates against sizes, below the peak, as PNG or SVG by the name's ending.",
      valueName: "file"))
  var plot: String?

  @Option(
    help: ArgumentHelp(
      """
      Measure only rows whose section or name contains <text>, such as 'layers', 'square', \
      'training' or '128x2x128'. Case and spaces do not matter.
      """, valueName: "text"))
  var filter: String?

  @Option(
    help: ArgumentHelp(
      """
      Turns that each contender has in a row. A contender that takes most of the time has \
      fewer. (default: 1000, or as many as --seconds allows)
      """, valueName: "n"))
  var rounds: Int?

  @Option(
    help: ArgumentHelp(
      """
      Seconds that a row is measured; the round in hand is finished. With --rounds too, what \
      comes first counts. (default: 2 to 9, or as long as --rounds takes)
      """, valueName: "s"))
  var seconds: Double?

  @Option(
    help: ArgumentHelp(
      """
      The most threads that share a step of training, or the points of sampling. (default: all \
      processors)
      """, valueName: "n"))
  var threads: Int?

  @Option(
    name: .customLong("openblas-threads"),
    help: ArgumentHelp(
      """
      Threads that OpenBLAS may use for a product of the section of kernels, where the Swift \
      kernel has one.
      """, valueName: "n"))
  var openBLASThreads = 1

  func validate() throws {
    if let rounds, rounds < 1 {
      throw ValidationError("--rounds \(rounds): give a number from 1 on")
    }
    if let seconds, !(seconds > 0 && seconds <= 3600) {
      throw ValidationError("--seconds \(seconds): give a number above 0, up to 3600")
    }
    for (name, count) in [("threads", threads ?? 1), ("openblas-threads", openBLASThreads)]
    where !(1...1024).contains(count) {
      throw ValidationError("--\(name) \(count): give a number from 1 to 1024")
    }
    if let plot {
      do { _ = try PlotFormat(path: plot) } catch { throw ValidationError("\(error)") }
    }
  }

  func run() throws {
    try BuildMode.check()
    let settings = Settings(
      effort: Effort(rounds: rounds, seconds: seconds),
      threads: threads ?? ThreadPool.availableProcessors, openBLASThreads: openBLASThreads)
    let subjects = try Selection.rows(Run.allSubjects(settings), filter: filter)
    // Better now than after minutes.
    if plot != nil { try RatePlot.check(subjects) }
    let report = try Progress.shown { progress in
      try Run(settings: settings, progress: progress).report(subjects)
    }
    print(json ? try report.json() : report.text)
    if let plot { try RatePlot(report).write(to: plot) }
  }
}
