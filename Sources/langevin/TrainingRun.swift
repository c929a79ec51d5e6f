import ArgumentParser
import Checkpoints
import Datasets
import Diffusion
import LinearAlgebra
import NeuralNetwork

/// A training from where it stands to its last epoch, or to Ctrl-C: what `train` and `resume` share.
struct TrainingRun {
  let folder: RunFolder
  let configuration: RunConfiguration
  let model: DiffusionModel
  let optimizer: Adam?
  var progress: TrainingProgress
  let compute: ComputeOptions
  let reporting: ReportingOptions

  /// How often a long training is saved.
  private static let saveInterval = Duration.seconds(60)

  mutating func run() throws {
    let engine = compute.prepare()
    let threads = compute.trainingThreads(batchSize: configuration.training.batchSize)
    let data = try NamedDataset.named(configuration.dataset.name).points(
      count: configuration.dataset.count,
      RandomPurpose.dataset.stream(seed: configuration.dataset.seed))
    let training = try Training(
      model, data: data, configuration: configuration.trainingConfiguration(threads: threads),
      optimizer: optimizer, engine: engine)
    let total = configuration.training.epochs * training.stepsPerEpoch
    var display = ProgressDisplay(
      from: progress.epochs, to: configuration.training.epochs,
      stepsPerEpoch: training.stepsPerEpoch, isQuiet: reporting.quiet)
    Interruption.watch()

    let clock = ContinuousClock()
    let stepsBefore = progress.steps
    var timeInSteps = Duration.zero
    var lastSave = clock.now
    var sectionStart = clock.now
    while progress.steps < total && !Interruption.requested {
      let step = training.step()
      progress.record(loss: step.loss, endsEpoch: step.endsEpoch)
      guard step.endsEpoch else { continue }
      timeInSteps += clock.now - sectionStart
      let loss = progress.epochLosses.last ?? .nan
      if hasDiverged(training) { display.interrupt() }
      try requireConvergence(training)
      display.update(epoch: progress.epochs, loss: loss)
      if clock.now - lastSave > Self.saveInterval {
        try save(training)
        lastSave = clock.now
      }
      sectionStart = clock.now
    }
    if progress.steps < total { timeInSteps += clock.now - sectionStart }
    if progress.steps < total { display.interrupt() }
    try requireConvergence(training)
    try save(training)

    let report = TrainingReport(
      folder: folder.path, progress: progress, stepsNow: progress.steps - stepsBefore,
      seconds: timeInSteps.inSeconds, seed: configuration.training.seed,
      isComplete: progress.steps == total)
    if progress.steps < total {
      Terminal.report(
        """
        stopped after \(progress.steps) of \(total) steps and saved in \(folder.path); go on with: \
        langevin resume \(quotedForShell(folder.path))

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

  private func save(_ training: Training) throws {
    try folder.save(training.model, optimizer: training.optimizer, progress: progress)
  }

  /// Whether numbers have left the range of `Float`, after which no step leads back.
  ///
  /// The loss is that before a step: the step itself shows in what it leaves behind.
  private func hasDiverged(_ training: Training) -> Bool {
    !(progress.epochLosses.last ?? 0).isFinite || !progress.partialLossSum.isFinite
      || !training.model.network.parameters.flat.isFinite
      || !training.optimizer.firstMoments.flat.isFinite
      || !training.optimizer.secondMoments.flat.isFinite
  }

  /// Keeps a training that has diverged from replacing the last save.
  private func requireConvergence(_ training: Training) throws {
    if hasDiverged(training) {
      throw ToolError(
        """
        training diverged: after \(counted(progress.steps, "step")), numbers are not finite; start \
        again with a smaller --learning-rate, and --overwrite. The last save in \(folder.path) is \
        intact
        """)
    }
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
  let seed: UInt64
  let isComplete: Bool

  init(
    folder: String, progress: TrainingProgress, stepsNow: Int, seconds: Double, seed: UInt64,
    isComplete: Bool
  ) {
    self.folder = folder
    epochs = progress.epochs
    steps = progress.steps
    self.seconds = seconds
    microsecondsPerStep = stepsNow > 0 ? seconds / Double(stepsNow) * 1e6 : nil
    finalLoss = progress.epochLosses.last
    self.seed = seed
    self.isComplete = isComplete
  }

  var description: String {
    let done = "\(counted(epochs, "epoch")), \(counted(steps, "step"))"
    let loss = (finalLoss ?? .nan).fixed(4)
    guard let microsecondsPerStep else {
      return "nothing left to train: \(done), loss \(loss); saved in \(folder)"
    }
    return """
      trained \(done), in \(seconds.fixed(1)) s (\(microsecondsPerStep.fixed(0)) µs a step); \
      loss \(loss); saved in \(folder)
      """
  }
}
