public import Checkpoints
import Logging

extension Trainer {
  /// Trains to the end of the current epoch, on the caller's thread. In a task, prefer ``epochs``.
  ///
  ///     while let epoch = try trainer.nextEpochBlocking() {
  ///       print("epoch \(epoch.epoch): loss \(epoch.loss)")
  ///     }
  ///
  /// This is a function and not a `Sequence` because iterators of a `Sequence` cannot throw: a loop over one
  /// would end in the same way whether training is complete, has diverged or was cancelled.
  ///
  /// - Returns: The metrics of the epoch; nil if all epochs have been trained.
  /// - Throws: `Divergence` if numbers leave the range of `Float`, `CancellationError` if the surrounding
  ///   task is cancelled, and `CheckpointError` if the run cannot be saved. ``model`` then holds what was
  ///   learned before.
  public func nextEpochBlocking() throws -> EpochMetrics? {
    try nextEpoch(isCancelled: { Task.isCancelled })
  }

  /// Trains all remaining epochs, on the caller's thread. In a task, prefer ``run()``.
  ///
  /// - Returns: The trained model.
  /// - Throws: `Divergence` if numbers leave the range of `Float`, `CancellationError` if the surrounding
  ///   task is cancelled, and `CheckpointError` if the run cannot be saved. ``model`` then holds what was
  ///   learned before.
  @discardableResult
  public func runBlocking() throws -> GenerativeModel {
    while try nextEpochBlocking() != nil {}
    return model
  }

  /// Trains to the end of the current epoch, and returns its metrics; nil after the last epoch.
  package func nextEpoch(isCancelled: () -> Bool) throws -> EpochMetrics? {
    switch try session.finishEpoch(isCancelled: isCancelled) {
    case .epoch(let metrics):
      logger.report(metrics, of: configuration)
      return metrics
    case .finished: return nil
    case .cancelled:
      logger.info("training stopped", metadata: ["steps": "\(progress.steps)"])
      throw CancellationError()
    case .diverged(let divergence):
      logger.error("\(divergence)")
      throw divergence
    }
  }
}
