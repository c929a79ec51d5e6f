import Checkpoints
import Diffusion
import LinearAlgebra
import Logging

extension Logger {
  /// What is about to be trained, and what is amiss.
  func report(_ configuration: RunConfiguration, after progress: TrainingProgress) {
    info(
      "ready to train",
      metadata: [
        "preset": "\(configuration.model.preset.rawValue)",
        "rows": "\(configuration.trainingRows)",
        "heldOut": "\(configuration.dataset.heldOutRows)",
        "columns": "\(configuration.model.dimension)",
        "parameters": "\(configuration.parameterCount)",
        "epochs": "\(configuration.training.epochs)",
        "steps": "\(configuration.training.epochs * configuration.stepsPerEpoch)",
        "stepsTaken": "\(progress.steps)",
      ])
    if let problem = OpenBLAS.problem { warning("\(problem)") }
    if let problem = Engine.environmentProblem { warning("\(problem)") }
  }

  /// An epoch, and the end if it is the last.
  func report(_ metrics: EpochMetrics, of configuration: RunConfiguration) {
    let isLast = metrics.epoch == configuration.training.epochs
    log(
      level: isLast ? .info : .debug, isLast ? "training is complete" : "epoch",
      metadata: [
        "epoch": "\(metrics.epoch)", "step": "\(metrics.step)", "loss": "\(metrics.loss)",
        "stepsPerSecond": "\(metrics.stepsPerSecond)",
      ].merging(metrics.heldOutLoss.map { ["heldOutLoss": "\($0)"] } ?? [:]) { $1 })
  }
}
