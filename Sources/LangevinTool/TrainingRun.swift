import ArgumentParser
import Checkpoints
import Diffusion
import Langevin
import LangevinErrors
import LangevinFiles
import LinearAlgebra

/// A training with its progress display and its report, shared by `train` and `resume`.
struct TrainingRun {
  let trainer: Trainer
  let folder: RunFolder
  let reporting: ReportingOptions

  init(_ trainer: Trainer, folder: String, reporting: ReportingOptions) {
    self.trainer = trainer
    self.folder = RunFolder(folder)
    self.reporting = reporting
  }

  /// Trains until the last epoch or an interruption.
  func run() throws {
    let configuration = trainer.configuration
    let total = configuration.training.epochs * configuration.stepsPerEpoch
    reportStart(total)
    var display = ProgressDisplay(
      from: trainer.progress.epochs, to: configuration.training.epochs,
      stepsPerEpoch: configuration.stepsPerEpoch, isQuiet: reporting.quiet)
    do {
      while let epoch = try trainer.nextEpoch(isCancelled: { Interruption.requested }) {
        display.update(losses: trainer.progress.epochLosses) {
          epoch.heldOutLoss ?? trainer.heldOutLoss
        }
      }
    } catch is CancellationError {
      display.interrupt()
    } catch let divergence as Divergence {
      display.interrupt()
      let cause =
        divergence.parameter.map { "the gradient of \($0) is not finite" }
        ?? "the loss is \(divergence.loss)"
      throw ToolError(
        """
        training diverged at step \(divergence.step): \(cause); start again with --overwrite and a smaller \
        --learning-rate; the state before that step is saved in \(folder.path)
        """)
    } catch let error as CheckpointError {
      display.interrupt()
      throw folder.holdsRun ? ToolError("\(described(error)); \(advice)") : error
    }
    try reportEnd(total)
    if trainer.progress.steps < total { throw ExitCode(Interruption.exitStatus) }
  }

  private func reportStart(_ total: Int) {
    if reporting.quiet { return }
    let (configuration, progress) = (trainer.configuration, trainer.progress)
    if let before = trainer.epochsBefore, progress.steps > 0 {
      Terminal.report("resuming after \(progress.steps) of \(total) steps\n")
      let epochs = configuration.training.epochs
      if configuration.training.decay == .cosine && epochs != before {
        Terminal.report(
          """
          note: the learning rate falls to 0 at the last epoch, which was \(before) and is now \
          \(epochs): the result differs from that of a single run of \(epochs) epochs

          """)
      }
    }
    if let diagnosis = trainer.model.diffusion.diagnosis {
      Terminal.report(diagnosis.line + "\n")
    }
  }

  private func reportEnd(_ total: Int) throws {
    let progress = trainer.progress
    let pace = trainer.pace
    let report = TrainingReport(
      folder: folder.path, progress: progress, stepsNow: pace.steps, seconds: pace.seconds,
      heldOutLoss: trainer.heldOutLoss, seed: trainer.configuration.training.seed,
      isComplete: progress.steps == total)
    if progress.steps < total {
      Terminal.report(
        """
        stopped after \(progress.steps) of \(total) steps and saved in \(folder.path); resume with: \
        langevin resume \(folder.path.quotedForShell)

        """)
    }
    if reporting.json {
      try Terminal.output(
        json: Report(work: report, compute: ComputeReport(.current, threads: trainer.threads)))
    } else if !reporting.quiet && progress.steps == total {
      try Terminal.output(report.description)
    }
  }

  /// The remedy if the run can no longer be written.
  private var advice: String {
    "the last save is intact; resume it with: langevin resume \(folder.path.quotedForShell)"
  }
}

/// The result of a training, as text and as JSON.
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
