public import ArgumentParser
import LangevinThreading
public import LinearAlgebra

extension Engine.Products: ExpressibleByArgument {}

/// The options for threads and the matrix engine, shared by all commands that compute.
struct ComputeOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Number of threads, which does not change the results (default: that of processors; in training "
        + "at most one per 64 rows of a batch).",
      valueName: "T"))
  var threads: Int?

  @Option(help: "Implementation of matrix products.")
  var engine: Engine.Products = .automatic

  mutating func validate() throws {
    if let threads, !ThreadPool.choices.contains(threads) {
      throw ValidationError(
        "--threads \(threads): choose from 1 to \(ThreadPool.choices.upperBound)")
    }
  }

  /// Makes the chosen engine the current one of the process, and limits OpenBLAS to one thread: the program
  /// has its own threads.
  func use() {
    OpenBLAS.threads = 1
    Engine.current = Engine(engine)
  }

  /// Returns the chosen engine, after making it the current one of the process.
  func prepare() -> Engine {
    use()
    return .current
  }

  /// The number of threads for sampling.
  var samplingThreads: Int { threads ?? ThreadPool.availableProcessors }
}
