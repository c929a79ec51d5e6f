import Checkpoints
import Diffusion
import LangevinThreading
import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The training loop: steps, metrics, held-out loss and saves. Several threads may take turns in it.
final class TrainingSession: @unchecked Sendable {
  /// The result of training to the end of an epoch.
  enum Outcome {
    case epoch(EpochMetrics)
    case finished
    case cancelled
    case diverged(Divergence)
  }

  /// The state of a training between two steps.
  struct Snapshot: Sendable {
    let state: TrainingState
    let progress: TrainingProgress
    /// The metrics of the epochs that the log contains.
    let metrics: [EpochMetrics]
  }

  private let epochs: Int
  private let total: Int
  private let training: Training
  private var progress: TrainingProgress
  private var metrics: [EpochMetrics]
  private let recorder: RunRecorder?
  /// The seconds spent in steps since the last complete epoch, and before its end.
  private var seconds = 0.0
  private var secondsBefore = 0.0
  private let firstStep: Int
  private var stepsBefore: Int
  private let clock = ContinuousClock()
  /// The lock that a thread holds while it takes a step.
  private let turn = SystemMutex(misuse: "Trainer: a training step accesses its own trainer")
  /// The number of threads that are waiting to read the state.
  private let readers = Atomic<Int>(0)

  /// Creates a session that continues `training` from `start` and saves it with `recorder`.
  init(_ training: Training, epochs: Int, from start: Snapshot, saving recorder: RunRecorder?) {
    self.training = training
    self.epochs = epochs
    (progress, metrics) = (start.progress, start.metrics)
    self.recorder = recorder
    firstStep = start.progress.steps
    stepsBefore = firstStep
    total = epochs * training.stepsPerEpoch
  }

  /// Takes steps to the end of the current epoch. `isCancelled` is called before each.
  func finishEpoch(isCancelled: () -> Bool) throws(CheckpointError) -> Outcome {
    while true {
      if isCancelled() {
        try turn.withLock { () throws(CheckpointError) in try save() }
        return .cancelled
      }
      // The lock is not fair: this thread would take it again before the readers wake up.
      while readers.load(ordering: .acquiring) > 0 { sched_yield() }
      let outcome = try turn.withLock { () throws(CheckpointError) in try step() }
      if let outcome { return outcome }
    }
  }

  /// Takes the next step, if there is one; returns nil within an epoch.
  private func step() throws(CheckpointError) -> Outcome? {
    if let divergence = training.divergence { return .diverged(divergence) }
    if progress.steps == total {
      try save()
      return .finished
    }
    let start = clock.now
    let step = training.step()
    seconds += (clock.now - start) / .seconds(1)
    if let divergence = training.divergence {
      // Training has kept the state before this step.
      try save()
      return .diverged(divergence)
    }
    recorder?.isSaved = false
    guard let means = progress.record(step) else {
      if recorder?.isDue(afterEpoch: nil) == true { try save() }
      return nil
    }
    let metrics = metrics(of: step, means)
    if EpochMetrics.isLogged(epoch: metrics.epoch, of: epochs) {
      try recorder?.append(metrics)
      self.metrics.append(metrics)
    }
    if progress.steps == total || recorder?.isDue(afterEpoch: metrics.epoch) == true {
      try save()
    }
    return .epoch(metrics)
  }

  private func metrics(
    of step: TrainingStep, _ means: (loss: Double, gradientNorm: Double?)
  ) -> EpochMetrics {
    let epoch = progress.epochs
    let isMeasured = EpochMetrics.measuresHeldOutLoss(epoch: epoch, of: epochs)
    defer {
      secondsBefore += seconds
      (seconds, stepsBefore) = (0, progress.steps)
    }
    return EpochMetrics(
      epoch: epoch, step: progress.steps, loss: means.loss, gradientNorm: means.gradientNorm,
      learningRate: training.learningRate(at: step.step),
      stepsPerSecond: Double(progress.steps - stepsBefore) / max(seconds, 1e-9),
      // The log holds finite numbers only.
      heldOutLoss: isMeasured ? training.heldOutLoss().flatMap { $0.isFinite ? $0 : nil } : nil)
  }

  /// Saves the run, unless it is saved already.
  private func save() throws(CheckpointError) {
    guard let recorder, !recorder.isSaved else { return }
    try recorder.save(training.state, progress)
  }

  /// Saves the run as it stands after the current step.
  func saveNow() throws(CheckpointError) {
    try read { () throws(CheckpointError) in try save() }
  }

  /// The state after the current step.
  var snapshot: Snapshot {
    read { Snapshot(state: training.state, progress: progress, metrics: metrics) }
  }

  /// The progress after the current step.
  var currentProgress: TrainingProgress { read { progress } }

  /// Whether all steps have been taken.
  var isComplete: Bool { read { progress.steps == total } }

  /// The divergence that ended training; nil if training has not diverged.
  var divergence: Divergence? { read { training.divergence } }

  /// The loss on held-out data; nil without such data.
  var heldOutLoss: Double? { read { training.heldOutLoss() } }

  /// The number of steps of this session, and the seconds that they took without saves and measurements.
  var pace: (steps: Int, seconds: Double) {
    read { (progress.steps - firstStep, secondsBefore + seconds) }
  }

  private func read<Result, Failure>(
    _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    readers.add(1, ordering: .acquiringAndReleasing)
    defer { readers.subtract(1, ordering: .acquiringAndReleasing) }
    return try turn.withLock(body)
  }
}
