public import Checkpoints
import Logging

extension Trainer {
  /// The epochs that are left, on the thread that asks for them.
  ///
  /// The sequence ends after the last epoch; before it if numbers leave the range of `Float`
  /// (``divergence``), or if it runs in a task that is cancelled. In a task, prefer ``epochs``.
  public var blockingEpochs: BlockingEpochs { BlockingEpochs(trainer: self) }

  /// Trains all epochs that are left, on the thread of the caller. In a task, prefer ``run()``.
  ///
  /// - Returns: The trained model.
  /// - Throws: `Divergence` if numbers leave the range of `Float`, and `CancellationError` if it runs in a
  ///   task that is cancelled; ``model`` is what was learned before.
  public func runBlocking() throws -> GenerativeModel {
    while try nextEpoch(isCancelled: { Task.isCancelled }) != nil {}
    return model
  }

  /// Trains to the end of the epoch in hand; nil if there is none.
  func nextEpoch(isCancelled: () -> Bool) throws -> EpochMetrics? {
    switch loop.finishEpoch(isCancelled: isCancelled) {
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

  /// Epochs of a ``Trainer`` as a sequence: each call of the iterator trains one.
  public struct BlockingEpochs: Sequence, IteratorProtocol, Sendable {
    let trainer: Trainer

    /// Trains to the end of the epoch in hand; nil if there is none, or if it did not get there.
    public mutating func next() -> EpochMetrics? {
      try? trainer.nextEpoch(isCancelled: { Task.isCancelled })
    }
  }
}
