import Checkpoints
import Diffusion
import Synchronization
import LangevinThreading

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A training that several threads may take turns at.
final class TrainingLoop: @unchecked Sendable {
  /// What came of going on with it.
  enum Outcome {
    case epoch(EpochMetrics)
    case finished
    case cancelled
    case diverged(Divergence)
  }

  /// Where a training stands.
  struct Snapshot: Sendable {
    let state: TrainingState
    let progress: TrainingProgress
    /// Of the epochs that a log tells of.
    let metrics: [EpochMetrics]
  }

  private let epochs: Int
  private let total: Int
  private let training: Training
  private var progress: TrainingProgress
  private var metrics: [EpochMetrics]
  /// The time in steps, in seconds, since the epoch before.
  private var seconds = 0.0
  private var stepsBefore: Int
  private let clock = ContinuousClock()
  /// Held for a step, by the thread that takes it.
  private let turn = SystemMutex(misuse: "Trainer: a step of training asks for the trainer")
  /// How many threads want to know where it stands.
  private let readers = Atomic<Int>(0)

  /// `training`, which stands at `progress` and has `metrics` behind it.
  init(_ training: Training, epochs: Int, progress: TrainingProgress, metrics: [EpochMetrics]) {
    self.training = training
    self.epochs = epochs
    (self.progress, self.metrics) = (progress, metrics)
    stepsBefore = progress.steps
    total = epochs * training.stepsPerEpoch
  }

  /// Takes steps to the end of the epoch in hand. `isCancelled` is asked before each.
  func finishEpoch(isCancelled: () -> Bool) -> Outcome {
    while true {
      if isCancelled() { return .cancelled }
      // The lock is not fair, and this thread would have it again before they wake up.
      while readers.load(ordering: .acquiring) > 0 { sched_yield() }
      if let outcome = turn.withLock({ step() }) { return outcome }
    }
  }

  /// Takes a step, if there is one; nil if that was within an epoch.
  private func step() -> Outcome? {
    if let divergence = training.divergence { return .diverged(divergence) }
    if progress.steps == total { return .finished }
    let start = clock.now
    let step = training.step()
    seconds += (clock.now - start) / .seconds(1)
    if let divergence = training.divergence { return .diverged(divergence) }
    guard let means = progress.record(step) else { return nil }
    let epoch = progress.epochs
    let isMeasured = EpochMetrics.measuresHeldOutLoss(epoch: epoch, of: epochs)
    let metrics = EpochMetrics(
      epoch: epoch, step: progress.steps, loss: means.loss, gradientNorm: means.gradientNorm,
      learningRate: training.learningRate(at: step.step),
      stepsPerSecond: Double(progress.steps - stepsBefore) / max(seconds, 1e-9),
      // A log has no numbers that are not finite.
      heldOutLoss: isMeasured ? training.heldOutLoss().flatMap { $0.isFinite ? $0 : nil } : nil)
    (seconds, stepsBefore) = (0, progress.steps)
    if EpochMetrics.isLogged(epoch: epoch, of: epochs) { self.metrics.append(metrics) }
    return .epoch(metrics)
  }

  /// Where it stands, after the step in hand.
  var snapshot: Snapshot {
    read { Snapshot(state: training.state, progress: progress, metrics: metrics) }
  }

  /// Whether all steps have been taken.
  var isComplete: Bool { read { progress.steps == total } }

  /// Why there is no next step; nil if there is one.
  var divergence: Divergence? { read { training.divergence } }

  private func read<Result>(_ body: () -> Result) -> Result {
    readers.add(1, ordering: .acquiringAndReleasing)
    defer { readers.subtract(1, ordering: .acquiringAndReleasing) }
    return turn.withLock(body)
  }
}
