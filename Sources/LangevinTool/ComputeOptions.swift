public import ArgumentParser
import LangevinThreading
public import LinearAlgebra

extension Engine.Products: ExpressibleByArgument {}

/// What computes, as every command that computes takes it.
struct ComputeOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "How many threads share the work, which does not change the results. Unless given, as many "
        + "as there are processors; in training at most one for 64 rows of a batch.",
      valueName: "T"))
  var threads: Int?

  @Option(help: "The matrix product: auto, openblas or swift.")
  var engine: Engine.Products = .automatic

  mutating func validate() throws {
    if let threads, !(1...1024).contains(threads) {
      throw ValidationError("--threads \(threads): choose from 1 to 1024")
    }
  }

  /// Makes the engine that of the process, with OpenBLAS kept to one thread a product: the threads are
  /// ours.
  func use() {
    OpenBLAS.threads = 1
    Engine.current = Engine(engine)
  }

  /// The engine, which becomes that of the process.
  func prepare() -> Engine {
    use()
    return .current
  }

  /// The number of threads that sample, each on its own.
  var samplingThreads: Int { threads ?? ThreadPool.availableProcessors }
}
