public import Checkpoints
import Logging

extension Trainer {
  /// Trains to the end of the epoch in hand, on the thread of the caller. In a task, prefer ``epochs``.
  ///
  ///     while let epoch = try trainer.nextEpochBlocking() {
  ///       print("epoch \(epoch.epoch): loss \(epoch.loss)")
  ///     }
  ///
  /// It is a function and not a `Sequence`, whose iterators cannot throw: a loop over one would end in the same way
  /// whether training is complete, has diverged or was cancelled.
  ///
  /// - Returns: The epoch; nil if all have been trained.
  /// - Throws: `Divergence` if numbers leave the range of `Float`, and `CancellationError` if it runs in a
  ///   task that is cancelled; ``model`` is what was learned before.
  public func nextEpochBlocking() throws -> EpochMetrics? {
    try nextEpoch(isCancelled: { Task.isCancelled })
  }

  /// Trains all epochs that are left, on the thread of the caller. In a task, prefer ``run()``.
  ///
  /// - Returns: The trained model.
  /// - Throws: `Divergence` if numbers leave the range of `Float`, and `CancellationError` if it runs in a
  ///   task that is cancelled; ``model`` is what was learned before.
  @discardableResult
  public func runBlocking() throws -> GenerativeModel {
    while try nextEpochBlocking() != nil {}
    return model
  }

  /// Trains to the end of the current epoch; nil after the last one.
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
