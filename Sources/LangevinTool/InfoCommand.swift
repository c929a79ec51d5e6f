import ArgumentParser
import Checkpoints
import Diffusion
import Langevin
import LangevinErrors
import LangevinFiles
import LangevinThreading
import LinearAlgebra
import NeuralNetwork
import Tables

struct InfoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "info",
    abstract: "Show the compute backend, a run, or how a file is read",
    discussion: """
      For a file, shows the columns as langevin train reads them; the options under TABLES correct them. For \
      a run whose data have moved, --data and --labels give the new paths.

      EXAMPLE
        langevin info
        langevin info roll
        langevin info customers.csv --drop id --categorical visits
      """)

  @Argument(
    help: ArgumentHelp(
      "Folder of a run, or a table in a .csv or .npy file.", valueName: "DIR|FILE"),
    completion: .file())
  var subject: String?

  @OptionGroup(title: "Tables") var input: TableInputOptions
  @Option(help: DataOptions.fileHelp, completion: .file(extensions: ["csv", "npy"]))
  var data: String?

  private var isFile: Bool { subject.map(PointsFile.isNamed) ?? false }

  mutating func validate() throws {
    // For a run, --labels is the new path of its labels, not an option of a table.
    var input = input
    if subject != nil { input.labels = nil }
    if input.areGiven && !isFile {
      throw ValidationError("\(TableInputOptions.names) are for .csv and .npy files")
    }
    if data != nil && (subject == nil || isFile) {
      throw ValidationError("--data is for runs; name the folder of one")
    }
  }

  mutating func run() throws {
    var lines = [
      ("langevin", packageVersion),
      ("kernels", "\(Engine.automatic.instructionSet.rawValue) (available: \(levels))"),
      ("OpenBLAS", "core \(OpenBLAS.coreName), \(counted(OpenBLAS.threads, "thread"))"),
      ("processors", "\(ProcessorShare.current)"),
    ]
    if let problem = OpenBLAS.problem { lines.append(("warning", problem)) }
    if let subject {
      lines += isFile ? try describe(file: subject) : try describe(RunFolder(subject))
    }
    let width = lines.map(\.0.count).max() ?? 0
    for (name, value) in lines {
      let gap = name.isEmpty ? "" : String(repeating: " ", count: width - name.count + 2)
      try Terminal.output(name + gap + value)
    }
  }

  private var levels: String {
    Engine.availableInstructionSets.map(\.rawValue).joined(separator: ", ")
  }

  private func describe(_ folder: RunFolder) throws -> [(String, String)] {
    var (configuration, model, _) = try folder.load()
    try MovedData(data: data, labels: input.labels).apply(to: &configuration)
    if configuration.moments == nil {
      configuration.moments = DataMoments(
        configuration.points(of: try configuration.trainingData().training))
    }
    if model.moments == nil { model.moments = configuration.moments }
    return [("", ""), ("run", folder.path)]
      + Self.settings(configuration, model, try folder.progress())
      + (model.diagnosis?.describe() ?? [])
      + (configuration.table.map { table in
        [("", ""), ("columns", "\(table.columns.count)")] + ColumnListing(table).lines
      } ?? [])
  }

  private func describe(file path: String) throws -> [(String, String)] {
    let (table, notes) = try DataFile(path, input).read()
    return [
      ("", ""), ("file", path.printable),
      ("data", "\(counted(table.rowCount, "row")), \(counted(table.columns.count, "column"))"),
    ] + ColumnListing(table, conditions: input.condition?.names ?? []).lines
      + notes.map { ("note", $0.line) }
  }

  /// Returns the settings and the progress of a run: a name and a text for each line.
  static func settings(
    _ configuration: RunConfiguration, _ model: DiffusionModel, _ progress: TrainingProgress
  ) -> [(name: String, text: String)] {
    let training = configuration.training
    let heldOut = configuration.dataset.heldOutRows
    let table = configuration.table
    let conditions = table?.columns.filter(\.isCondition).map(\.name.printable) ?? []
    let optional: [(name: String, text: String)?] = [
      table?.image.map { image in
        ("images", "\(image), \(table?.pixelLevels?.count ?? 0) levels")
      },
      conditions.isEmpty
        ? nil
        : (
          "conditions",
          "\(conditions.joined(separator: ", ")), dropped with probability "
            + "\(training.contextDropout.significant(3))"
        ),
    ]
    return [
      (
        "data",
        "\(configuration.dataset.name), \(configuration.dataset.count) "
          + (configuration.dataset.file == nil ? "points" : "rows")
          + (heldOut > 0 ? ", \(heldOut) held out" : "")
          + (configuration.model.isStandardized ? ", standardized" : "")
      )
    ] + optional.compactMap(\.self) + [
      ("preset", configuration.model.preset.rawValue),
      ("network", configuration.model.summary),
      ("parameters", "\(model.network.parameters.layout.parameterCount)"),
      ("prediction", configuration.model.prediction.rawValue),
      (
        "training",
        "\(progress.epochs) of \(training.epochs) epochs, \(progress.steps) steps, batch "
          + "\(training.batchSize), Adam \(training.learningRate), seed \(training.seed)"
      ),
      ("loss", progress.epochLosses.last.map { $0.fixed(4) } ?? "no epoch is complete"),
      ("levels", model.process.summary),
    ]
  }
}

extension RunConfiguration.Model {
  /// The network, described in one line.
  fileprivate var summary: String {
    switch network {
    case .conditional(let widths, let activation):
      ([dimension] + widths + [dimension]).map(String.init).joined(separator: " → ")
        + ", \(activation.rawValue), scaled by timestep"
    case .residual(let width, let blocks, let activation, let frequencies, let octaves):
      "\(counted(blocks, "residual block")) of width \(width), \(activation.rawValue), "
        + "\(frequencies) frequencies" + (octaves > 0 ? ", \(octaves) octaves" : "")
    case .custom(let name, _): "\(name.printable), built by a program"
    }
  }
}

extension NoiseProcess {
  /// The noise levels, described in one line.
  fileprivate var summary: String {
    switch self {
    case .discrete(let schedule):
      "\(schedule.steps) timesteps, beta \(schedule.beta[0].significant(4)) … "
        + schedule.beta[schedule.steps - 1].significant(4)
    case .continuous(let noise as LogNormalNoise):
      "ln sigma normal (\(noise.mean), \(noise.deviation)); samplers go from \(noise.range.maximum) to "
        + "\(noise.range.minimum)"
    case .continuous(let process as ContinuousVP):
      "continuous, rates \(process.betaMinimum) … \(process.betaMaximum)"
    case .continuous(let process):
      "continuous, \(process)"
    }
  }
}
