import Diffusion
import NeuralNetwork
import Tables

/// A configuration of format 1, 2 or 3, for conversion to the current format. Format 1 had only the model of
/// the original program; format 2 had no tables.
struct FormerConfiguration: Decodable {
  struct Dataset: Decodable {
    let name: String
    let count: Int
    let seed: UInt64
    let noise: Double?
    let heldOut: Double?
    let file: RunConfiguration.FileSource?
  }

  struct Model: Decodable {
    let preset: Preset
    let dimension: Int
    let contextWidth: Int?
    let network: RunConfiguration.Network.Kind?
    let hidden: [Int]
    let activation: Activation?
    let frequencies: Int?
    let octaves: Int?
    /// The number of timesteps, in format 1 only.
    let steps: Int?
    let schedule: ScheduleConfiguration?
    let levels: LogNormalNoise?
    let estimates: RunConfiguration.PredictionType?
    let standardises: Bool?
  }

  struct Training: Decodable {
    let batchSize: Int
    let learningRate: Double
    let warmUpSteps: Int?
    let cosineDecay: Bool?
    let maximumGradientNorm: Double?
    let weighting: RunConfiguration.Weighting?
    let rowsPerLevel: Int?
    let averageDecay: Double?
    let contextDropout: Double?
    let seed: UInt64
    let epochs: Int
  }

  /// The formats of such configurations. Format 4 lacks only what is optional.
  static let formats = 1...3

  let format: Int
  let dataset: Dataset
  let model: Model
  let training: Training
  let moments: DataMoments?
  let table: TableEncoding?

  /// Returns the same settings in the current format.
  func converted() throws(CheckpointError) -> RunConfiguration {
    RunConfiguration(
      dataset: .init(
        name: dataset.name, count: dataset.count, seed: dataset.seed, noise: dataset.noise,
        heldOut: dataset.heldOut ?? 0, file: dataset.file),
      model: try convertedModel(),
      training: .init(
        batchSize: training.batchSize, learningRate: training.learningRate,
        warmUpSteps: training.warmUpSteps ?? 0,
        decay: training.cosineDecay == true ? .cosine : .none,
        maximumGradientNorm: training.maximumGradientNorm,
        weighting: training.weighting ?? .uniform, rowsPerLevel: training.rowsPerLevel ?? 1,
        emaDecay: training.averageDecay, contextDropout: training.contextDropout ?? 0,
        seed: training.seed, epochs: training.epochs),
      moments: moments, table: table)
  }

  private func convertedModel() throws(CheckpointError) -> RunConfiguration.Model {
    if format == 1 {
      return RunConfiguration.Model(
        preset: model.preset, dimension: model.dimension, widths: model.hidden,
        steps: try Self.required(model.steps, "model.steps"))
    }
    let isTable = Preset.DataKind(table) == .table
    return RunConfiguration.Model(
      preset: model.preset, dimension: model.dimension, contextWidth: model.contextWidth ?? 0,
      network: try network(), process: try process(),
      prediction: try Self.required(model.estimates, "model.estimates"),
      isStandardized: try Self.required(model.standardises, "model.standardises"),
      samplingSteps: isTable && model.preset == .best && model.levels != nil
        ? Preset.samplingStepsOfTables : nil)
  }

  private func network() throws(CheckpointError) -> RunConfiguration.Network {
    let activation = try Self.required(model.activation, "model.activation")
    switch try Self.required(model.network, "model.network") {
    case .conditional: return .conditional(widths: model.hidden, activation: activation)
    case .residual:
      guard let width = model.hidden.first, model.hidden.allSatisfy({ $0 == width }) else {
        throw .format(
          "model.hidden is \(model.hidden); the blocks of a residual network must have one width")
      }
      return .residual(
        width: width, blocks: model.hidden.count, activation: activation,
        frequencies: model.frequencies ?? 16, octaves: model.octaves ?? 0)
    }
  }

  private func process() throws(CheckpointError) -> RunConfiguration.Process {
    switch (model.schedule, model.levels) {
    case (let schedule?, nil): return .schedule(schedule)
    case (nil, let levels?): return .logNormal(levels)
    default: throw .format("exactly one of model.schedule and model.levels must be given")
    }
  }

  private static func required<Value>(
    _ value: Value?, _ key: String
  ) throws(CheckpointError) -> Value {
    guard let value else {
      throw .format("\(key) is missing; use the config.json that training wrote")
    }
    return value
  }
}
