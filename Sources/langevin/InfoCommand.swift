import ArgumentParser
import Checkpoints
import Diffusion
import LinearAlgebra
import NeuralNetwork
import Threading

struct InfoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "info",
    abstract: "Tell what computes here, and what a run holds.",
    discussion: """
      EXAMPLE
        langevin info
        langevin info roll
      """)

  @Argument(help: ArgumentHelp("The folder of a run.", valueName: "DIR"))
  var folder: String?

  mutating func run() throws {
    var lines = [
      ("langevin", packageVersion),
      ("kernels", "\(Engine.automatic.level.rawValue) (available: \(levels))"),
      ("OpenBLAS", "core \(OpenBLAS.coreName), \(OpenBLAS.threads) threads"),
      ("processors", "\(ThreadPool.availableProcessors)"),
    ]
    if let folder { lines += try describe(RunFolder(folder)) }
    let width = lines.map(\.0.count).max() ?? 0
    for (name, value) in lines {
      let gap = name.isEmpty ? "" : String(repeating: " ", count: width - name.count + 2)
      try Terminal.output(name + gap + value)
    }
  }

  private var levels: String {
    Engine.availableLevels.map(\.rawValue).joined(separator: ", ")
  }

  private func describe(_ folder: RunFolder) throws -> [(String, String)] {
    let configuration = try folder.configuration()
    let model = try folder.model(configuration)
    let progress = try folder.progress()
    let schedule = model.schedule
    let last = schedule.steps - 1
    let training = configuration.training
    return [
      ("", ""),
      ("run", folder.path),
      ("data", "\(configuration.dataset.name), \(configuration.dataset.count) points"),
      (
        "network",
        ([model.dimension] + configuration.model.hidden + [model.dimension]).map(String.init)
          .joined(separator: " → ") + ", softplus, scaled by timestep"
      ),
      ("parameters", "\(model.network.parameters.layout.parameterCount)"),
      (
        "schedule",
        "sigmoid, \(schedule.steps) steps, beta \(schedule.beta[0].significant(4)) … "
          + schedule.beta[last].significant(4)
      ),
      ("alphaBar_T", schedule.alphaBar[last].significant(4)),
      ("SNR_T", schedule.signalToNoiseRatio(last).significant(4)),
      (
        "training",
        "\(progress.epochs) of \(training.epochs) epochs, \(progress.steps) steps, batch "
          + "\(training.batchSize), Adam \(training.learningRate), seed \(training.seed)"
      ),
      ("loss", progress.epochLosses.last.map { $0.fixed(4) } ?? "no epoch is complete"),
    ]
  }
}

extension Double {
  /// With `digits` significant digits, by rounding to Float's shortest form where it is as good.
  func significant(_ digits: Int) -> String {
    // Beyond these, the factor below would overflow.
    guard magnitude > 1e-290, magnitude < 1e290 else { return "\(self)" }
    var scale = 1.0
    while magnitude * scale < 1 { scale *= 10 }
    while magnitude * scale >= 10 { scale /= 10 }
    for _ in 1..<digits { scale *= 10 }
    return "\((self * scale).rounded() / scale)"
  }
}
