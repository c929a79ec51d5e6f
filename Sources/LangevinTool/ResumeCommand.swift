import ArgumentParser
import Checkpoints
import Langevin

struct ResumeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume",
    abstract: "Resume a stopped run, or train it longer",
    discussion: """
      Resumes from the last save, whether Ctrl-C stopped the training or it was killed. With an unchanged \
      number of epochs, the result is the same, bit for bit, as that of an uninterrupted run, and so is \
      metrics.jsonl except for the speeds. Raising --epochs matches one longer run only if the learning rate \
      is constant. With --decay cosine (preset best), the learning rate falls to 0 at the last epoch; \
      --epochs moves that end and so changes all further steps. Ctrl-C saves the run and stops with exit \
      status 130.

      If the file of the data has moved, pass its new path with --data once; the run records it.

      langevin train --resume does the same with the command that started the run.

      EXAMPLE
        langevin resume roll
        langevin resume roll --epochs 2000
        langevin resume customers --data customers.csv
      """)

  @Argument(help: ArgumentHelp("Folder of the run.", valueName: "DIR"), completion: .directory)
  var folder: String

  @Option(
    help: ArgumentHelp(
      "Total passes over the data, including those already made (default: that of the run).",
      valueName: "N"))
  var epochs: Int?

  @OptionGroup(title: "Moved data") var data: DataOptions
  @OptionGroup var checkpoints: CheckpointOptions
  @OptionGroup var compute: ComputeOptions
  @OptionGroup var reporting: ReportingOptions

  mutating func validate() throws {
    if let epochs { try requirePositive("--epochs", epochs) }
  }

  mutating func run() throws {
    compute.use()
    let moved = data.moved
    let trainer: Trainer
    do {
      trainer = try Trainer(
        resumingRunIn: checkpoints.destination(folder, existingRun: .resume), epochs: epochs,
        threads: compute.threads,
        configure: { configuration throws(TrainerError) in
          do {
            try moved.apply(to: &configuration)
          } catch {
            throw .configuration(.format("\(error)"))
          }
        }, whenDataAreRead: Interruption.watch)
    } catch .table(let error) {
      throw try RunFolder(folder).configuration().advised(error)
    }
    try TrainingRun(trainer, folder: folder, reporting: reporting).run()
  }
}
