public import ArgumentParser
public import LinearAlgebra
import Threading

extension Engine.Products: ExpressibleByArgument {}

/// What computes, as every command that computes takes it.
struct ComputeOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "How many threads share the work. The results do not depend on it.", valueName: "T"))
  var threads: Int?

  @Option(help: "The matrix product: auto, openblas or swift.")
  var engine: Engine.Products = .automatic

  mutating func validate() throws {
    if let threads, !(1...1024).contains(threads) {
      throw ValidationError("--threads \(threads): choose from 1 to 1024")
    }
  }

  /// The engine, with OpenBLAS kept to one thread a product: the threads are ours.
  func prepare() -> Engine {
    OpenBLAS.threads = 1
    return Engine(engine)
  }

  /// The number of threads: what was asked for, or the processors, up to `useful`.
  func threadCount(useful: Int) -> Int {
    threads ?? max(1, min(ThreadPool.availableProcessors, useful))
  }
}
