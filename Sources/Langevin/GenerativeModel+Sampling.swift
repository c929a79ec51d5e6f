import Checkpoints
public import Diffusion
import LangevinPreconditions
import LangevinThreading
import LinearAlgebra
import Tables

extension GenerativeModel {
  /// Draws `count` samples on the caller's thread and others.
  ///
  /// In a task, prefer ``sample(count:seed:where:guidance:method:steps:)``.
  ///
  /// - Parameters:
  ///   - count: The number of samples. The first n samples of a larger number are those of n.
  ///   - seed: The seed of all noise.
  ///   - conditions: A category for some or all conditions of the model; the others are as frequent as in the
  ///     data.
  ///   - guidance: The weight w of classifier-free guidance, D(x) + w (D(x|c) - D(x)). 1 draws from p(x|c), 0
  ///     from p(x). Above 1, samples are more typical of the conditions c, and less diverse.
  ///   - method: The sampling method; nil for DPM-Solver++(2M), or DDPM if the model has timesteps.
  ///   - steps: The number of steps, at most the number of timesteps if the model has timesteps. Nil takes
  ///     all timesteps; without timesteps it takes 40 steps, or 20 for a table that is not of images.
  ///   - threads: The number of threads, which does not change the samples; nil for the number of processors.
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

  /// Draws `count` samples while other tasks run.
  ///
  /// At most one request per processor runs at a time, and running requests share the processors; others wait
  /// in order. The threads are separate from those that tasks share. Parameters and samples are those of
  /// ``sampleBlocking(count:seed:where:guidance:method:steps:threads:)``.
  ///
  /// - Throws: `CancellationError` if the task is cancelled before its turn or between two tiles of samples,
  ///   and ``SamplingError`` if the model has no such condition or category, or an argument is out of range.
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
    if !ThreadPool.choices.contains(threads) { throw SamplingError.threads(threads) }
    let sampler = try RowSampler(diffusion, configuration, count: count, seed: seed, settings)
    if !progress(0) { throw CancellationError() }
    return Samples(
      try sampler.sample(count: count, seed: seed, threads: threads, progress: progress),
      encoding: configuration.table)
  }
}
