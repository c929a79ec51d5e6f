import ArgumentParser
import LangevinErrors
import LangevinFiles
import LinearAlgebra

@main
struct LangevinCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "langevin",
    abstract: "Train small diffusion models and sample from them",
    discussion: """
      EXAMPLE
        langevin train swiss-roll --output roll
        langevin sample roll --count 10000 --output samples.csv
        langevin plot roll --output samples.png
        langevin report roll --output report.html

      A run is a folder. It holds model.safetensors (readable by PyTorch), config.json, metrics.jsonl with \
      the loss of each epoch, and the state that resuming needs. The same seed gives the same bytes for any \
      number of threads.

      ENVIRONMENT
        LANGEVIN_KERNELS   baseline, avx2 or avx512, instead of the best available
        OPENBLAS_CORETYPE  processor whose kernels OpenBLAS uses
        TERM               if unset or dumb, train and resume print lines, no bar
        NO_COLOR           has no effect: the output is never colored

      EXIT STATUS
        0    success
        1    failure; standard error gives the reason
        64   invalid command line
        129  stopped by a hang-up (the terminal was closed)
        130  stopped by Ctrl-C
        143  stopped by kill
      When stopped, train and resume save the run first. Other commands leave no incomplete file behind.
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
    EndingSignals.waitForWrites()
    if let problem = Engine.environmentProblem { exit(withError: ToolError(problem)) }
    do {
      var command = try parseAsRoot(
        NegativeNumbers.joined(Array(CommandLine.arguments.dropFirst())))
      do {
        try command.run()
      } catch let error as ValidationError {
        // The parser would show the usage of the root command.
        let kind = type(of: command)
        Terminal.report(
          """
          Error: \(error.message)
          Usage: \(usageString(for: kind))
            See 'langevin \(kind.configuration.commandName ?? "") --help' for more information.

          """)
        exit(withError: ExitCode.validationFailure)
      }
    } catch let error as any DescribedError {
      exit(withError: ToolError(described(error)))
    } catch {
      exit(withError: error)
    }
  }
}

/// An error in the user's request, described in one line.
struct ToolError: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}
