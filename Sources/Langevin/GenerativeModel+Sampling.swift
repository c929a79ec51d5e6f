import Checkpoints
public import Diffusion
import LangevinPreconditions
import LangevinThreading
import LinearAlgebra
import Tables

extension GenerativeModel {
  /// `count` samples, drawn on the thread of the caller and others. In a task, prefer
  /// ``sample(count:seed:where:guidance:method:steps:)``.
  ///
  /// - Parameters:
  ///   - count: How many; the first n of a larger number are the samples of n.
  ///   - seed: Where all noise comes from.
  ///   - conditions: A category for some or all of the columns that the model was told; unless chosen, they
  ///     are as often as in the data.
  ///   - guidance: w of classifier-free guidance, D(x) + w (D(x|c) - D(x)): 1 is p(x|c), 0 is p(x); above 1,
  ///     samples are more typical of the conditions c, and less various.
  ///   - method: How the sampler goes from one level to the next; nil for DPM-Solver++(2M), or DDPM if the
  ///     model has timesteps.
  ///   - steps: In how many steps, at most the timesteps of the model if it has some; nil for all of these,
  ///     else 40, or 20 for a table that is not of images.
  ///   - threads: How many threads share the work, which does not change the samples; nil for as many as
  ///     there are processors.
  /// - Returns: The samples, as a matrix, as rows and as a table.
  /// - Throws: ``SamplingError`` if the model has no such condition or category, or an argument is out of
  ///   range.
  public func sampleBlocking(
    count: Int, seed: UInt64, where conditions: [String: String] = [:], guidance: Double = 1,
    method: SamplingMethod? = nil, steps: Int? = nil, threads: Int? = nil
  ) throws(SamplingError) -> Samples {
    do {
      return try sample(
        count, seed: seed, settings(conditions, guidance, method, steps), threads: threads
      ) { _ in true }
    } catch let error as SamplingError {
      throw error
    } catch {
      requirementFailure("GenerativeModel: a request that cannot be cancelled was cancelled")
    }
  }

  /// `count` samples, drawn while other tasks run.
  ///
  /// As many requests as there are processors are at work at a time, and share these; others wait for their
  /// turn, in order. The threads are not those that tasks share. Parameters and samples are those of
  /// ``sampleBlocking(count:seed:where:guidance:method:steps:threads:)``.
  ///
  /// - Throws: `CancellationError` if the task is cancelled, before its turn or between two tiles of samples,
  ///   and ``SamplingError`` as that does.
  public func sample(
    count: Int, seed: UInt64, where conditions: [String: String] = [:], guidance: Double = 1,
    method: SamplingMethod? = nil, steps: Int? = nil
  ) async throws -> Samples {
    let queue = SamplingQueue.shared
    return try await waitForWork(startedBy: queue.submit) { isCancelled in
      try sample(
        count, seed: seed, settings(conditions, guidance, method, steps), threads: queue.share
      ) { _ in !isCancelled() }
    }
  }

  private func settings(
    _ conditions: [String: String], _ guidance: Double, _ method: SamplingMethod?, _ steps: Int?
  ) -> SamplingSettings {
    var settings = SamplingSettings()
    (settings.conditions, settings.guidance) = (conditions, guidance)
    (settings.method, settings.steps) = (method, steps)
    return settings
  }

  /// Draws `count` samples. `progress` returns whether to continue.
  private func sample(
    _ count: Int, seed: UInt64, _ settings: SamplingSettings, threads: Int?,
    progress: @escaping Sampler.Progress
  ) throws -> Samples {
    let threads = threads ?? ThreadPool.availableProcessors
    if !TrainerError.threads.contains(threads) { throw SamplingError.threads(threads) }
    let sampler = try RowSampler(diffusion, configuration, count: count, seed: seed, settings)
    if !progress(0) { throw CancellationError() }
    return Samples(
      try sampler.sample(count: count, seed: seed, threads: threads, progress: progress),
      encoding: configuration.table)
  }
}
