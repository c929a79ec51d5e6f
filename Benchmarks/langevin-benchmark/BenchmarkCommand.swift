import ArgumentParser
import LangevinThreading
import LinearAlgebra
import Plots

/// The command line.
@main
struct BenchmarkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "langevin-benchmark",
    abstract: "Compare the speed of the Swift kernels and OpenBLAS.",
    discussion: """
      SECTIONS
        kernels  matrix products, at the model's shapes and of squares
        layers   each layer of the model, forward and backward
        model    training and sampling steps, and the parts of a training step
        scaling  rates against threads, batch size and width

      Three implementations compute products: three naive loops, the Swift kernel at each instruction \
      set of this processor, and OpenBLAS' sgemm. The naive loops are left out (—) where they would \
      take too long.

      The contenders of a row take turns, so that disturbances of the machine affect all of them \
      equally; ratios are medians over these rounds. Times are medians and quartiles. The peak is the \
      rate of the fastest product of the run with the number of threads of the row. Without options, \
      a run takes one to two minutes.

      Run the benchmark on an otherwise idle machine; the report warns of conditions that invalidate \
      the figures. The exit status is 0 on success, 64 for invalid arguments and 1 for any other error.

      EXAMPLES
        Everything, with a plot:
          $ langevin-benchmark --plot rates.png
        One shape, for ten seconds:
          $ langevin-benchmark --filter 128x128x128 --seconds 10
        One section, as JSON:
          $ langevin-benchmark --filter model --json > steps.json
      """,
    version: packageVersion)

  @Flag(help: "Print only one JSON object on standard output, with times in seconds.")
  var json = false

  @Option(
    help: ArgumentHelp(
      "Plot rates against sizes, and the peak, to a .png or .svg file.",
      valueName: "file"))
  var plot: String?

  @Option(
    help: ArgumentHelp(
      """
      Measure only rows whose section or name contains <text>, such as 'layers', 'square', \
      'training' or '128x2x128'. Ignores case and spaces.
      """, valueName: "text"))
  var filter: String?

  @Option(
    help: ArgumentHelp(
      """
      The number of rounds for each row. A contender that takes most of the time skips some. \
      (default: 1000, or as many as --seconds allows)
      """, valueName: "n"))
  var rounds: Int?

  @Option(
    help: ArgumentHelp(
      """
      Seconds to measure each row, after which the current round is finished. With --rounds, the \
      limit that is reached first applies. (default: 2 to 9, or as long as --rounds takes)
      """, valueName: "s"))
  var seconds: Double?

  @Option(
    help: ArgumentHelp(
      """
      The largest number of threads in training and sampling. (default: all processors)
      """, valueName: "n"))
  var threads: Int?

  @Option(
    name: .customLong("openblas-threads"),
    help: ArgumentHelp(
      """
      The number of threads that OpenBLAS may use for a product in the section kernels. The Swift \
      kernel uses one.
      """, valueName: "n"))
  var openBLASThreads = 1

  func validate() throws {
    if let rounds, rounds < 1 {
      throw ValidationError("--rounds \(rounds): choose a number of at least 1")
    }
    if let seconds, !(seconds > 0 && seconds <= 3600) {
      throw ValidationError("--seconds \(seconds): choose a number above 0 and at most 3600")
    }
    for (name, count) in [("threads", threads ?? 1), ("openblas-threads", openBLASThreads)]
    where !(1...1024).contains(count) {
      throw ValidationError("--\(name) \(count): choose from 1 to 1024")
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
    // Fail before measuring for minutes.
    if plot != nil { try RatePlot.check(subjects) }
    let report = try Progress.shown { progress in
      try Run(settings: settings, progress: progress).report(subjects)
    }
    print(json ? try report.json() : report.text)
    if let plot { try RatePlot(report).write(to: plot) }
  }
}
