public import Checkpoints
import Dispatch

extension Trainer {
  /// The epochs that are left, trained on a thread of the trainer's own.
  ///
  ///     for try await epoch in trainer.epochs {
  ///       print("epoch \(epoch.epoch): loss \(epoch.loss), \(epoch.stepsPerSecond) steps/s")
  ///       if epoch.epoch == 100 { break }
  ///     }
  ///
  /// Training waits while the body of the loop runs, so that nothing piles up, and a `break` ends it at
  /// once. Cancellation of the task ends it after the step in hand.
  ///
  /// The sequence throws `CancellationError` if the task is cancelled, and `Divergence` if numbers leave the
  /// range of `Float`. In either case ``model`` is what was learned before.
  public var epochs: Epochs { Epochs(trainer: self) }

  /// Trains all epochs that are left, on a thread of the trainer's own.
  ///
  /// - Returns: The trained model.
  /// - Throws: `CancellationError` if the task is cancelled, and `Divergence` if numbers leave the range of
  ///   `Float`; ``model`` is what was learned before.
  @discardableResult
  public func run() async throws -> GenerativeModel {
    for try await _ in epochs {}
    return model
  }

  /// Epochs of a ``Trainer`` as an asynchronous sequence: each call of the iterator trains one.
  public struct Epochs: AsyncSequence, Sendable {
    let trainer: Trainer

    /// An iterator, which begins where training stands.
    public func makeAsyncIterator() -> Iterator { Iterator(trainer: trainer) }

    /// Asks a ``Trainer`` for one epoch after the other.
    public struct Iterator: AsyncIteratorProtocol, Sendable {
      let trainer: Trainer

      /// Trains to the end of the current epoch; nil after the last one.
      public mutating func next() async throws -> EpochMetrics? {
        let trainer = trainer
        return try await waitForWork(
          startedBy: { job in trainer.queue.async(execute: job) },
          { isCancelled in try trainer.nextEpoch(isCancelled: isCancelled) })
      }
    }
  }
}
