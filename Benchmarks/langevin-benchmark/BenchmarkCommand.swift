import ArgumentParser
import LinearAlgebra

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The command line.
@main
struct BenchmarkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "langevin-benchmark",
    abstract: "Compare matrix products and training steps in Swift and by OpenBLAS.",
    discussion: """
      Measures matrix products at the shapes of the seed's model and at squares, by the naive \
      three loops, by the blocked Swift kernel at each instruction set that this processor has, \
      and by OpenBLAS' sgemm; then whole steps of training and sampling with either. The naive \
      product sits out (—) where it would take too long.

      All contenders of a row take turns within one run, so that what disturbs the machine \
      disturbs all alike. Each timing repeats the work until it takes 0.2 ms. Reported are the \
      median and the quartiles of all timings. Without options, a run takes about a minute.

      Figures are worth something only on a machine that does nothing else; a busy one is warned \
      about. The exit status is 0, 64 if an argument is wrong, 1 if anything else is.

      EXAMPLES
        Everything:
          $ langevin-benchmark
        One shape, ten seconds long:
          $ langevin-benchmark --filter 128x128x128 --seconds 10
        Training steps, for a program to read:
          $ langevin-benchmark --filter training --json > steps.json
      """,
    version: packageVersion)

  @Flag(help: "Print one JSON object, times in seconds, and nothing else on standard output.")
  var json = false

  @Option(
    help: ArgumentHelp(
      """
      Measure only rows whose name contains <text>, such as 'square', 'training' or \
      '128x2x128'. Case and spaces do not matter.
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
      comes first counts. (default: 4, or as long as --rounds takes)
      """, valueName: "s"))
  var seconds: Double?

  @Option(
    help: ArgumentHelp(
      """
      Threads that OpenBLAS may use for a product. The Swift kernel has one, as have the rows \
      of training and sampling.
      """, valueName: "n"))
  var threads = 1

  func validate() throws {
    if let rounds, rounds < 1 {
      throw ValidationError("--rounds \(rounds): give a number from 1 on")
    }
    if let seconds, !(seconds > 0 && seconds <= 3600) {
      throw ValidationError("--seconds \(seconds): give a number above 0, up to 3600")
    }
    if !(1...1024).contains(threads) {
      throw ValidationError("--threads \(threads): give a number from 1 to 1024")
    }
  }

  func run() throws {
    guard BuildMode.isOptimised else { throw BenchmarkError.notOptimised }
    let subjects = try Selection.rows(Run.allSubjects(threads: threads), filter: filter)
    // A line that overwrites itself, for those who wait; nothing in a log.
    let isWatched = isatty(STDERR_FILENO) == 1
    let run = Run(effort: Effort(rounds: rounds, seconds: seconds), threads: threads) {
      name, number, count in
      if isWatched { writeError("\r\u{1B}[K\(number) of \(count): \(name)") }
    }
    let report = try {
      defer { if isWatched { writeError("\r\u{1B}[K") } }
      return try run.report(subjects)
    }()
    print(json ? try report.json() : report.text)
  }
}

/// Writes `text` to standard error at once.
private func writeError(_ text: String) {
  let bytes = Array(text.utf8)
  _ = unsafe bytes.withUnsafeBytes { unsafe write(STDERR_FILENO, $0.baseAddress, $0.count) }
}
