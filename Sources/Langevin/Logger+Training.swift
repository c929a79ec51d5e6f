import Checkpoints
import Diffusion
import LinearAlgebra
public import Logging
import NeuralNetwork

extension Logger {
  /// Logs the settings of a training that is about to start, and problems with the machine's setup.
  func report(_ configuration: RunConfiguration, startingFrom start: TrainingSession.Snapshot) {
    info(
      "ready to train",
      metadata: [
        "preset": "\(configuration.model.preset.rawValue)",
        "rows": "\(configuration.trainingRows)",
        "heldOut": "\(configuration.dataset.heldOutRows)",
        "columns": "\(configuration.model.dimension)",
        "parameters": "\(start.state.model.network.parameters.layout.parameterCount)",
        "epochs": "\(configuration.training.epochs)",
        "steps": "\(configuration.training.epochs * configuration.stepsPerEpoch)",
        "stepsTaken": "\(start.progress.steps)",
      ])
    if let problem = OpenBLAS.problem { warning("\(problem)") }
    if let problem = Engine.environmentProblem { warning("\(problem)") }
  }

  /// Logs an epoch, and the end of training if it is the last epoch.
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

extension Logger {
  /// A logger that discards all messages.
  public static let silent = Logger(label: "langevin") { _ in SwiftLogNoOpLogHandler() }
}
