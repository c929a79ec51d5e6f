import ArgumentParser
import Checkpoints

struct ResumeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume",
    abstract: "Go on with a training that was stopped, or add epochs to one.",
    discussion: """
      The result is the same, bit for bit, as that of a training that was never stopped. Where the \
      learning rate falls to 0 at the last epoch (the preset best), other --epochs than it was begun \
      with move that end, and so change all steps from here on. Ctrl-C saves and stops again, with \
      exit status 130.

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
    let saved = try folder.training(configuration)
    if let epochs { configuration.training.epochs = epochs }
    try configuration.validate()
    try configuration.requireRoomForData()
    let perEpoch = configuration.stepsPerEpoch
    if saved.progress.steps > configuration.training.epochs * perEpoch {
      throw ToolError(
        """
        \(self.folder): the run has \(saved.progress.steps) steps already, more than those of \
        \(counted(configuration.training.epochs, "epoch")) (\(perEpoch) each); give --epochs a \
        larger number
        """)
    }
    try folder.saveConfiguration(configuration)
    Interruption.watch()
    var training = TrainingRun(
      folder: folder, configuration: configuration, data: try configuration.trainingData(),
      state: saved.state, progress: saved.progress, compute: compute, reporting: reporting)
    try training.run()
  }
}
