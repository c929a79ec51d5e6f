public import ArgumentParser
public import LinearAlgebra
import Threading

extension Engine.Products: ExpressibleByArgument {}

/// What computes, as every command that computes takes it.
struct ComputeOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "How many threads share the work, which does not change the results: one in training, all "
        + "processors in sampling, unless given.", valueName: "T"))
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

  /// The number of threads that train. One unless asked for: threads that wait for each other some
  /// times a step lose more on a busy computer than they gain on an idle one.
  var trainingThreads: Int { threads ?? 1 }

  /// The number of threads that sample, each on its own.
  var samplingThreads: Int { threads ?? ThreadPool.availableProcessors }
}
