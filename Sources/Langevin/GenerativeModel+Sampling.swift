public import Diffusion
import Threading

extension GenerativeModel {
  /// `count` samples, drawn on the thread of the caller and others. In a task, prefer
  /// ``sample(count:seed:sampler:)``.
  ///
  /// - Parameters:
  ///   - count: How many; the first n of a larger number are the samples of n.
  ///   - seed: Where all noise comes from.
  ///   - sampler: How they are drawn, such as ``sampler(method:steps:)`` makes; nil for as
  ///     `langevin sample` does.
  ///   - threads: How many threads share the work, which does not change the samples; nil for as many as
  ///     there are processors.
  /// - Returns: The samples, as a matrix, as rows and as a table.
  public func sampleBlocking(
    count: Int, seed: UInt64, sampler: Sampler? = nil, threads: Int? = nil
  ) -> Samples {
    let threads = threads ?? ThreadPool.availableProcessors
    precondition(threads > 0, "GenerativeModel: \(threads) is not a number of threads")
    return Samples(
      (sampler ?? self.sampler()).sample(count: count, seed: seed, threads: threads),
      encoding: configuration.table)
  }

  /// `count` samples, drawn while other tasks run.
  ///
  /// As many requests as there are processors are at work at a time, and share these; others wait for their
  /// turn, in order. The threads are not those that tasks share.
  ///
  /// - Parameters:
  ///   - count: How many; the first n of a larger number are the samples of n.
  ///   - seed: Where all noise comes from.
  ///   - sampler: How they are drawn, such as ``sampler(method:steps:)`` makes; nil for as
  ///     `langevin sample` does.
  /// - Returns: The samples, as a matrix, as rows and as a table; those of
  ///   ``sampleBlocking(count:seed:sampler:threads:)``.
  /// - Throws: `CancellationError` if the task is cancelled before its turn.
  public func sample(
    count: Int, seed: UInt64, sampler: Sampler? = nil
  ) async throws -> Samples {
    let queue = SamplingQueue.shared
    return try await waitForWork(startedBy: queue.submit) { isCancelled in
      if isCancelled() { throw CancellationError() }
      return sampleBlocking(count: count, seed: seed, sampler: sampler, threads: queue.share)
    }
  }

  /// A sampler of this model.
  ///
  /// - Parameters:
  ///   - method: How it goes from one level to the next; nil for DPM-Solver++(2M), or DDPM if the model has
  ///     timesteps.
  ///   - steps: In how many steps, at most the timesteps of the model if it has some; nil for all of these,
  ///     else 40, or 20 for a table.
  public func sampler(method: SamplingMethod? = nil, steps: Int? = nil) -> Sampler {
    Sampler(
      diffusion, method: method,
      steps: steps ?? (diffusion.process.schedule == nil ? configuration.samplingSteps : nil))
  }
}
