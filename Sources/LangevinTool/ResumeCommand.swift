import ArgumentParser
import Checkpoints
import Langevin

struct ResumeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume",
    abstract: "Go on with a training that was stopped, or add epochs to one.",
    discussion: """
      It goes on from what was saved last, be it that Ctrl-C stopped the training, or that it was killed. \
      The result is the same, bit for bit, as that of a training that was never stopped, and so is \
      metrics.jsonl but for the speeds. That holds for the --epochs that the run was begun with. More \
      epochs give what so many in one go would give if the learning rate is constant; where it falls to \
      0 at the last epoch (--decay cosine, the preset best), they move that end, and so change all steps \
      from here on. Ctrl-C saves and stops again, with exit status 130.

      If the file of the data has moved since, name its new place with --data, once: the run remembers it.

      langevin train with --resume is the same for those who would rather give one command again and \
      again.

      EXAMPLE
        langevin resume roll
        langevin resume roll --epochs 2000
        langevin resume customers --data customers.csv
      """)

  @Argument(help: ArgumentHelp("The folder of the run.", valueName: "DIR"), completion: .directory)
  var folder: String

  @Option(
    help: ArgumentHelp(
      "Passes over the data in all, those already made included. As begun, unless given.",
      valueName: "N"))
  var epochs: Int?

  @OptionGroup(title: "Data that moved") var data: DataOptions
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
