public import Checkpoints
import Dispatch

extension Trainer {
  /// The remaining epochs, trained on the trainer's own thread.
  ///
  ///     for try await epoch in trainer.epochs {
  ///       print("epoch \(epoch.epoch): loss \(epoch.loss), \(epoch.stepsPerSecond) steps/s")
  ///       if epoch.epoch == 100 { break }
  ///     }
  ///
  /// Training waits while the body of the loop runs, so epochs never pile up, and a `break` stops training at
  /// once. Cancelling the task stops it after the current step.
  ///
  /// The sequence throws `CancellationError` if the task is cancelled, `Divergence` if numbers leave the
  /// range of `Float`, and `CheckpointError` if the run cannot be saved. ``model`` then holds what was
  /// learned before.
  public var epochs: some AsyncSequence<EpochMetrics, any Error> & Sendable {
    Epochs(trainer: self)
  }

  /// Trains all remaining epochs, on the trainer's own thread.
  ///
  /// - Returns: The trained model.
  /// - Throws: `CancellationError` if the task is cancelled, `Divergence` if numbers leave the range of
  ///   `Float`, and `CheckpointError` if the run cannot be saved. ``model`` then holds what was learned
  ///   before.
  @discardableResult
  public func run() async throws -> GenerativeModel {
    for try await _ in epochs {}
    return model
  }

  /// The epochs of a ``Trainer`` as an asynchronous sequence, whose iterator trains one epoch per call.
  private struct Epochs: AsyncSequence, AsyncIteratorProtocol, Sendable {
    let trainer: Trainer

    func makeAsyncIterator() -> Epochs { self }

    /// Trains to the end of the current epoch, and returns its metrics; nil after the last epoch.
    mutating func next() async throws -> EpochMetrics? {
      let trainer = trainer
      return try await waitForWork(
        startedBy: { job in trainer.queue.async(execute: job) },
        { isCancelled in try trainer.nextEpoch(isCancelled: isCancelled) })
    }
  }
}
