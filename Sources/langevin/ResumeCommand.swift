import ArgumentParser
import Checkpoints

struct ResumeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume",
    abstract: "Go on with a training that was stopped, or add epochs to one.",
    discussion: """
      The result is the same, bit for bit, as that of a training that was never stopped.

      EXAMPLE
        langevin resume roll
        langevin resume roll --epochs 2000
      """)

  @Argument(help: ArgumentHelp("The folder of the run.", valueName: "DIR"))
  var folder: String

  @Option(
    help: ArgumentHelp(
      "Passes over the data in all, those already made included. As begun, unless given.",
      valueName: "N"))
  var epochs: Int?

  @OptionGroup var compute: ComputeOptions
  @OptionGroup var reporting: ReportingOptions

  mutating func validate() throws {
    if let epochs { try requirePositive("--epochs", epochs) }
  }

  mutating func run() throws {
    let folder = RunFolder(folder)
    var configuration = try folder.configuration()
    let state = try folder.training(configuration)
    if let epochs, epochs != configuration.training.epochs {
      configuration.training.epochs = epochs
    }
    if state.progress.epochs > configuration.training.epochs {
      throw ToolError(
        """
        \(self.folder): the run has \(state.progress.epochs) epochs already, more than \
        \(configuration.training.epochs); give --epochs a larger number
        """)
    }
    try folder.saveConfiguration(configuration)
    var training = TrainingRun(
      folder: folder, configuration: configuration, model: state.model,
      optimizer: state.optimizer, progress: state.progress, compute: compute, reporting: reporting)
    try training.run()
  }
}
