import ArgumentParser
import Checkpoints
import Diffusion
import LangevinFiles
import LinearAlgebra

/// A training from where it stands to its last epoch, or to Ctrl-C: what `train` and `resume` share.
struct TrainingRun {
  let folder: RunFolder
  let configuration: RunConfiguration
  let data: (training: Matrix, heldOut: Matrix?)
  let state: TrainingState
  var progress: TrainingProgress
  let compute: ComputeOptions
  let reporting: ReportingOptions
  private var schedule: CheckpointSchedule

  init(
    folder: RunFolder, start: RunStart, data: (training: Matrix, heldOut: Matrix?),
    compute: ComputeOptions, checkpoints: CheckpointOptions, reporting: ReportingOptions
  ) {
    self.folder = folder
    self.data = data
    self.compute = compute
    self.reporting = reporting
    (configuration, state, progress) = (start.configuration, start.state, start.progress)
    schedule = CheckpointSchedule(every: checkpoints.checkpointEvery)
  }

  mutating func run() throws {
    let engine = compute.prepare()
    let threads = compute.trainingThreads(batchSize: configuration.training.batchSize)
    if let diagnosis = state.model.diagnosis, !reporting.quiet {
      Terminal.report(diagnosis.line + "\n")
    }
    let training = try Training(
      state, data: data.training, heldOut: data.heldOut,
      configuration: configuration.trainingConfiguration(threads: threads), engine: engine)
    let total = configuration.training.epochs * training.stepsPerEpoch
    var display = ProgressDisplay(
      from: progress.epochs, to: configuration.training.epochs,
      stepsPerEpoch: training.stepsPerEpoch, isQuiet: reporting.quiet)

    let stepsBefore = progress.steps
    var clock = StepClock(steps: progress.steps)
    do {
      try takeSteps(training, until: total, &display, &clock)
    } catch let error as CheckpointError {
      display.interrupt()
      throw folder.holdsRun ? ToolError("\(error); \(Self.advice(folder))") : error
    } catch {
      display.interrupt()
      throw error
    }
    if progress.steps < total { display.interrupt() }

    let report = TrainingReport(
      folder: folder.path, progress: progress, stepsNow: progress.steps - stepsBefore,
      seconds: clock.elapsed.inSeconds, heldOutLoss: training.heldOutLoss(),
      seed: configuration.training.seed,
      isComplete: progress.steps == total)
    if progress.steps < total {
      Terminal.report(
        """
        stopped after \(progress.steps) of \(total) steps and saved in \(folder.path); go on with: \
        langevin resume \(folder.path.quotedForShell)

        """)
    }
    if reporting.json {
      try Terminal.output(
        json: Report(work: report, compute: ComputeReport(engine, threads: threads)))
    } else if !reporting.quiet && progress.steps == total {
      try Terminal.output(report.description)
    }
    if progress.steps < total { throw ExitCode(Interruption.exitStatus) }
  }

  /// Takes the steps that are left, and saves what they come to now and then and in the end.
  private mutating func takeSteps(
    _ training: Training, until total: Int, _ display: inout ProgressDisplay,
    _ clock: inout StepClock
  ) throws {
    let log = try folder.openMetrics(configuration, after: progress)
    while progress.steps < total && !Interruption.requested {
      let step = training.step()
      if let divergence = training.divergence { try stop(divergence, training, log) }
      let means = progress.record(step)
      let isDue = schedule.isDue(afterEpoch: means == nil ? nil : progress.epochs)
      if means == nil && !isDue { continue }
      clock.pause()
      if let means {
        let heldOutLoss = try tell(of: means, training, log, &clock)
        display.update(losses: progress.epochLosses) { heldOutLoss ?? training.heldOutLoss() }
      }
      if isDue && progress.steps < total {
        try save(training, log)
        schedule.saved()
      }
      clock.goOn()
    }
    clock.pause()
    try save(training, log)
  }

  /// What to do where the run can be written no more.
  private static func advice(_ folder: RunFolder) -> String {
    "the last save is as it was; go on from it with: langevin resume \(folder.path.quotedForShell)"
  }

  /// Writes the line of the log of an epoch that is complete, if it has one; returns the loss on held-out
  /// points if that was measured.
  private func tell(
    of means: (loss: Double, gradientNorm: Double?), _ training: Training, _ log: MetricsLog,
    _ clock: inout StepClock
  ) throws -> Double? {
    let (epoch, epochs) = (progress.epochs, configuration.training.epochs)
    guard EpochMetrics.isLogged(epoch: epoch, of: epochs) else { return nil }
    let isMeasured = EpochMetrics.measuresHeldOutLoss(epoch: epoch, of: epochs)
    // JSON has no numbers that are not finite.
    let heldOutLoss = isMeasured ? training.heldOutLoss().flatMap { $0.isFinite ? $0 : nil } : nil
    try log.append(
      EpochMetrics(
        epoch: epoch, step: progress.steps, loss: means.loss, gradientNorm: means.gradientNorm,
        learningRate: training.learningRate(at: progress.steps - 1),
        stepsPerSecond: clock.rate(steps: progress.steps), heldOutLoss: heldOutLoss))
    return heldOutLoss
  }

  /// Saves the run; its log first, which must have all that the rest has.
  private func save(_ training: Training, _ log: MetricsLog) throws {
    try log.synchronize()
    try folder.save(training.state, progress: progress)
  }

  /// Keeps what training had before the step that left the range of numbers, and says which that was.
  private func stop(_ divergence: Divergence, _ training: Training, _ log: MetricsLog) throws {
    try save(training, log)
    throw ToolError(
      """
      \(divergence), and start again with --overwrite. What there was before that step is saved in \
      \(folder.path)
      """)
  }
}

/// The end of a training, for people and machines.
struct TrainingReport: Encodable, CustomStringConvertible {
  let folder: String
  let epochs: Int
  let steps: Int
  let seconds: Double
  let microsecondsPerStep: Double?
  let finalLoss: Double?
  let heldOutLoss: Double?
  let seed: UInt64
  let isComplete: Bool

  init(
    folder: String, progress: TrainingProgress, stepsNow: Int, seconds: Double,
    heldOutLoss: Double?, seed: UInt64,
    isComplete: Bool
  ) {
    self.folder = folder
    epochs = progress.epochs
    steps = progress.steps
    self.seconds = seconds
    microsecondsPerStep = stepsNow > 0 ? seconds / Double(stepsNow) * 1e6 : nil
    finalLoss = progress.epochLosses.last
    self.heldOutLoss = heldOutLoss
    self.seed = seed
    self.isComplete = isComplete
  }

  var description: String {
    let done = "\(counted(epochs, "epoch")), \(counted(steps, "step"))"
    let heldOut = heldOutLoss.map { ", held out \($0.fixed(4))" } ?? ""
    let loss = (finalLoss ?? .nan).fixed(4) + heldOut
    guard let microsecondsPerStep else {
      return "nothing left to train: \(done), loss \(loss); saved in \(folder)"
    }
    return """
      trained \(done), in \(seconds.fixed(1)) s (\(microsecondsPerStep.fixed(0)) µs a step); \
      loss \(loss); saved in \(folder)
      """
  }
}
