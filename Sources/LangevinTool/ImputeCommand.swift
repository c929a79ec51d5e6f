import ArgumentParser
import Checkpoints
import Diffusion
import Langevin
import LangevinErrors
import LangevinFiles
import LinearAlgebra
import Tables

struct ImputeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "impute",
    abstract: "Fill in the missing cells of a table",
    discussion: """
      The file must have all columns that the model was trained on, and may have others. Only missing cells \
      change; everything else is written back character for character. A missing number becomes the mean of \
      several draws, which is the best guess. With --draws 1 it is a single draw, so that the filled numbers \
      vary as much as the real ones.

      Each draw goes from noise to data. After each step, the known cells are reset to their values plus \
      noise (RePaint: Lugmayr et al. 2022), and each step is repeated so that known and unknown cells agree.

      EXAMPLE
        langevin train customers.csv --drop id --output customers
        langevin impute customers --input customers.csv --output filled.csv
      """)

  @Argument(help: ArgumentHelp("Folder of the run.", valueName: "DIR"), completion: .directory)
  var folder: String

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Table with missing cells.", valueName: "FILE.csv"),
    completion: .file(extensions: ["csv"]))
  var input: String

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "File for the filled table, or - for standard output.", valueName: "FILE.csv"),
    completion: .file(extensions: ["csv"]))
  var output: String

  @Option(help: ArgumentHelp("Number of draws to combine for each cell.", valueName: "N"))
  var draws: Int = 20

  @Option(help: ArgumentHelp("Number of times to take each step.", valueName: "N"))
  var repeats: Int = 10

  @Option(
    help: ArgumentHelp(
      "Number of steps from noise to data (default: as in langevin sample).", valueName: "K"))
  var steps: Int?

  @OptionGroup var missing: MissingOptions

  @Flag(
    help:
      "Leave rows as they are if they have an unknown category, text for a number, or no condition."
  )
  var skipBadRows = false

  @Option(help: ArgumentHelp("Seed of all random numbers.", valueName: "S"))
  var seed: UInt64 = 0

  @OptionGroup var compute: ComputeOptions
  @OptionGroup var protection: ProtectionOptions
  @OptionGroup var reporting: ReportingOptions

  mutating func validate() throws {
    try requirePositive("--draws", draws)
    try requirePositive("--repeats", repeats)
    if let steps { try requirePositive("--steps", steps) }
    for (option, path) in [("--input", input), ("--output", output)] {
      let isPiped =
        option == "--input" ? !TableFile.isText(path) && TableFile.isNamed(path) : path == "-"
      if path.lowercased().hasSuffix(".npy") || !isPiped && !TableFile.isText(path) {
        throw ValidationError("\(option) \(path): the file's name must end in .csv or .csv.gz")
      }
    }
    if reporting.json && output == "-" {
      throw ValidationError("--json and --output - both write to standard output; choose one")
    }
  }

  mutating func run() throws {
    compute.use()
    let threads = compute.samplingThreads
    let run = try LoadedRun(RunFolder(folder))
    let (configuration, model) = (run.configuration, run.model)
    try run.files.check(output, overwrite: protection.overwrite)
    guard let encoding = configuration.table else {
      throw ToolError("impute: the run was not trained on a table; train one on a .csv file")
    }
    if let steps, let largest = model.process.largestStepCount, steps > largest {
      throw ToolError(
        "--steps \(steps): the model has \(largest) timesteps; choose at most \(largest)")
    }
    let table = try read(encoding, configuration)
    try requireMemory(
      "--draws \(draws) of \(counted(table.rows.incompleteRows.count, "row"))",
      draws, table.rows.incompleteRows.count * encoding.width, numbersEach: 5)
    let clock = ContinuousClock()
    let start = clock.now
    let filled: Matrix<Float>
    let stepCount: Int
    do {
      (filled, stepCount) = try run.generative.draw(
        table.rows, draws: draws, repeats: repeats, steps: steps, seed: seed, threads: threads)
    } catch let error as SamplingError {
      throw ToolError("impute: \(error)")
    }
    let seconds = (clock.now - start).inSeconds
    try OutputFile.write(table.filled(filled), to: output)
    let report = ImputationReport(
      output: output, rows: table.rows.coordinates.rows,
      incompleteRows: table.rows.incompleteRows.count, cells: table.rows.missingCells.count,
      draws: draws,
      steps: stepCount, seconds: seconds, seed: seed)
    if reporting.json {
      try Terminal.output(
        json: Report(work: report, compute: ComputeReport(.current, threads: threads)))
    } else if !reporting.quiet && output != "-" {
      try Terminal.output(report.description)
    }
  }

  private func read(
    _ encoding: TableEncoding, _ configuration: RunConfiguration
  ) throws -> IncompleteTable {
    var options = configuration.dataset.file?.options ?? TableOptions()
    missing.apply(to: &options)
    let file = try TableFile(input)
    let table: IncompleteTable
    do {
      table = try IncompleteTable(
        csv: file.bytes, encoding, options: options,
        random: RandomPurpose.dataset.stream(seed: seed, index: 1))
    } catch {
      throw ToolError("\(input.printable): \(error)")
    }
    if let first = table.skippedRows.first {
      let others = table.skippedRows.count - 1
      let rows = "\(first)" + (others == 0 ? "" : "; and \(counted(others, "more row"))")
      if !skipBadRows {
        throw ToolError(
          "\(input.printable): \(rows); or leave these rows as they are with --skip-bad-rows")
      }
      if !reporting.quiet {
        Terminal.report("note: left as \(others == 0 ? "it is" : "they are"): \(rows)\n")
      }
    }
    // Missing words that were given for training need not occur in this file.
    if !reporting.quiet { TableNote.report(table.notes.filter(isAboutThis)) }
    return table
  }

  /// Returns whether to show `note`: one on an unused missing word only if this command was given the word.
  private func isAboutThis(_ note: TableNote) -> Bool {
    guard case .unusedMissing(let word, let column) = note else { return true }
    return missing.missing?.names.contains((column.map { "\($0)=" } ?? "") + word) ?? false
  }
}

/// The result of an imputation, as text and as JSON.
struct ImputationReport: Encodable, CustomStringConvertible {
  let output: String
  let rows: Int
  let incompleteRows: Int
  let cells: Int
  let draws: Int
  let steps: Int
  let seconds: Double
  let seed: UInt64

  var description: String {
    "filled \(counted(cells, "cell")) in \(counted(incompleteRows, "row")) (of \(rows)) with "
      + "\(counted(draws, "draw")) in \(seconds.fixed(2)) s; wrote \(output)"
  }
}
