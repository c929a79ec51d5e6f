import ArgumentParser
import LinearAlgebra

@main
struct Langevin: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "langevin",
    abstract: "Train small diffusion models, and sample from them.",
    discussion: """
      EXAMPLE
        langevin train swiss-roll --output roll
        langevin sample roll --count 10000 --output samples.csv
        langevin plot roll --output samples.png
        langevin report roll --output report.html

      A run is a folder: model.safetensors (PyTorch reads it), config.json, metrics.jsonl with the \
      losses of its epochs, and what going on with training needs. The same seed gives the same bytes, for any number of threads.

      ENVIRONMENT
        LANGEVIN_KERNELS   baseline, avx2 or avx512: use these, not the best
        OPENBLAS_CORETYPE  the processor whose kernels OpenBLAS uses

      EXIT STATUS
        0    all is done
        1    it could not be done; standard error tells why
        64   the command line was wrong
        130  Ctrl-C stopped a training, which is saved (143: kill did)
      """,
    version: packageVersion,
    subcommands: [
      TrainCommand.self, ResumeCommand.self, SampleCommand.self, ImputeCommand.self,
      PlotCommand.self, AnimateCommand.self, ReportCommand.self, EvaluateCommand.self,
      InfoCommand.self,
      DataCommand.self,
    ])

  static func main() {
    MemoryShortage.endsInOrder()
    ignoreSignalsOfWriting()
    if let problem = Engine.environmentProblem { exit(withError: ToolError(problem)) }
    do {
      var command = try parseAsRoot()
      do {
        try command.run()
      } catch let error as ValidationError {
        // The parser would show the usage of the root here.
        let kind = type(of: command)
        Terminal.report(
          """
          Error: \(error.message)
          Usage: \(usageString(for: kind))
            See 'langevin \(kind.configuration.commandName ?? "") --help' for more information.

          """)
        exit(withError: ExitCode.validationFailure)
      }
    } catch {
      exit(withError: error)
    }
  }
}

/// A mistake in what the user asked for, in one line.
struct ToolError: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}
