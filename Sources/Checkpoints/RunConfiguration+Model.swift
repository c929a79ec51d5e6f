public import Diffusion
public import NeuralNetwork
import Tables

extension RunConfiguration {
  /// The network, its noise levels and its prediction.
  public struct Model: Codable, Sendable, Hashable {
    /// The preset from which the settings started.
    public var preset: Preset
    /// The number of columns of a sample.
    public var dimension: Int
    /// The number of columns of a context, on which the network is conditioned; 0 without conditioning.
    public var contextWidth: Int
    /// The indices of the columns of the table whose cells are learned as categories, beside the numbers of
    /// the other columns; nil if all cells are learned as coordinates.
    ///
    /// The numbers are then the columns of a sample, and ``contextWidth`` is 0.
    public var discreteColumns: [Int]?
    /// The architecture of the network.
    public var network: Network
    /// The noise levels on which the network is trained.
    public var process: Process
    /// The prediction type: the quantity that the network predicts.
    public var prediction: PredictionType
    /// Whether the data are standardized, column by column.
    public var isStandardized: Bool
    /// The default number of sampling steps; nil for the sampler's own default.
    public var samplingSteps: Int?

    /// Creates a description of a model.
    public init(
      preset: Preset, dimension: Int, contextWidth: Int = 0, network: Network, process: Process,
      prediction: PredictionType, isStandardized: Bool, samplingSteps: Int? = nil
    ) {
      self.preset = preset
      self.dimension = dimension
      self.contextWidth = contextWidth
      self.network = network
      self.process = process
      self.prediction = prediction
      self.isStandardized = isStandardized
      self.samplingSteps = samplingSteps
    }

    /// Creates the description of the original program's model, for `steps` timesteps.
    public init(
      preset: Preset = .original, dimension: Int, widths: [Int] = [128, 128, 128], steps: Int = 100
    ) {
      self.init(
        preset: preset, dimension: dimension,
        network: .conditional(widths: widths, activation: .softplus),
        process: .schedule(ScheduleConfiguration(.sigmoid, steps: steps)), prediction: .epsilon,
        isStandardized: false)
    }

    /// The number of columns of a row of data: a point and its context.
    public var rowWidth: Int { dimension + contextWidth }
  }

  /// The architecture of a network.
  public enum Network: Codable, Sendable, Hashable {
    /// The original program's network: layers of these widths, scaled by a table of timesteps.
    case conditional(widths: [Int], activation: Activation)
    /// Residual blocks of one width, which see the noise level through `frequencies` Fourier features, and
    /// the coordinates of a point also as waves of `octaves` octaves.
    case residual(
      width: Int, blocks: Int, activation: Activation = .silu, frequencies: Int = 16,
      octaves: Int = 0)
    /// A network that a program has built, with the standardization of its data; only that program can load
    /// it (`GenerativeModel(contentsOf:as:)`).
    case custom(name: String, standardization: Standardization? = nil)
  }

  /// The noise levels on which a network is trained.
  public enum Process: Sendable, Hashable {
    /// The timesteps of a noise schedule.
    case schedule(ScheduleConfiguration)
    /// A log-normal distribution of sigma.
    case logNormal(LogNormalNoise)
    /// The process of a model that a program has built.
    case custom(name: String)

    /// The schedule; nil for other processes.
    public var schedule: ScheduleConfiguration? {
      if case .schedule(let schedule) = self { schedule } else { nil }
    }
  }

  /// The quantity that a network predicts (`Prediction`), by name.
  public enum PredictionType: String, Codable, Sendable, Hashable, CaseIterable {
    /// The noise ε.
    case epsilon = "eps"
    /// The data x₀.
    case data = "x0"
    /// The velocity α ε - σ x₀.
    case velocity = "v"
    /// The velocity ε - x₀ of straight paths.
    case flow
    /// The preconditioned output of Karras et al. (2022).
    case preconditioned = "edm"

    /// Creates the prediction type of `prediction`.
    public init(_ prediction: Prediction) {
      self =
        switch prediction {
        case .epsilon: .epsilon
        case .data: .data
        case .velocity: .velocity
        case .flow: .flow
        case .preconditioned: .preconditioned
        }
    }

    var prediction: Prediction {
      switch self {
      case .epsilon: .epsilon
      case .data: .data
      case .velocity: .velocity
      case .flow: .flow
      case .preconditioned: .preconditioned()
      }
    }
  }

  /// Returns the untrained model.
  ///
  /// - Parameter architecture: The model that a program has built, whose network, process and prediction type
  ///   are used; nil if the configuration describes the network.
  /// - Throws: ``CheckpointError`` if a setting is invalid, or the architecture differs.
  package func makeModel(
    as architecture: DiffusionModel? = nil
  ) throws(CheckpointError) -> DiffusionModel {
    try validate()
    try requireMoments()
    if let architecture { return try model(as: architecture) }
    if case .custom(let name, _) = model.network { throw .customModel(name) }
    let process = try process()
    switch model.network {
    case .conditional(let widths, let activation):
      guard let schedule = process.schedule else {
        throw .format("model.process has no schedule; a conditional network needs one")
      }
      var result = DiffusionModel.original(
        dimension: model.dimension, hidden: widths, schedule: schedule, activation: activation,
        prediction: model.prediction.prediction, seed: training.seed)
      result.moments = moments
      if model.isStandardized { result.standardization = moments.map { Standardization($0) } }
      return result
    case .residual(let width, let blocks, let activation, let frequencies, let octaves):
      return .residual(
        dimension: model.dimension, contextWidth: model.contextWidth, width: width, blocks: blocks,
        activation: activation, frequencies: frequencies, octaves: octaves, process: process,
        prediction: model.prediction.prediction, moments: moments,
        isStandardized: model.isStandardized, categories: variables?.categories ?? [],
        seed: training.seed)
    case .custom(let name, _): throw .customModel(name)
    }
  }

  /// Returns `architecture` with the standardization of this configuration.
  private func model(
    as architecture: DiffusionModel
  ) throws(CheckpointError) -> DiffusionModel {
    guard case .custom(_, let standardization) = model.network else {
      throw .format(
        "the configuration describes the network itself; load the run without a model of your own")
    }
    if architecture.dimension != model.dimension || architecture.contextWidth != model.contextWidth
    {
      throw .format(
        """
        the model has \(architecture.dimension) columns and \(architecture.contextWidth) of context, but the \
        run has \(model.dimension) and \(model.contextWidth); pass the model that the run was trained with
        """)
    }
    var result = architecture
    result.standardization = standardization
    result.moments = moments
    return result
  }

  /// Returns the noise levels on which the network is trained.
  ///
  /// - Throws: ``CheckpointError`` if the schedule is invalid, or a program has built the process.
  package func process() throws(CheckpointError) -> NoiseProcess {
    switch model.process {
    case .logNormal(let levels): return .logNormal(levels)
    case .custom(let name): throw .customModel(name)
    case .schedule(let schedule):
      do {
        return .discrete(try schedule.makeSchedule())
      } catch {
        throw .format("model.process.schedule: \(error)")
      }
    }
  }

  /// The number of parameters of the network; nil if a program has built it. The bounds of widths and steps
  /// keep it from overflowing.
  package var parameterCount: Int? {
    switch model.network {
    case .conditional(let widths, _):
      var count = 0
      var width = model.dimension
      for next in widths {
        count += (width + 1 + (model.process.schedule?.steps ?? 0)) * next
        width = next
      }
      return count + (width + 1) * model.dimension
    case .residual(let width, let blocks, _, let frequencies, let octaves):
      let perBlock = 2 * (width + 1) * width
      let categories = variables?.categories ?? []
      // Of each number, whether it is hidden, and of each category, a vector of up to 16 numbers.
      let inputs =
        model.rowWidth + 2 * model.dimension * octaves
        + (categories.isEmpty ? 0 : model.dimension)
        + categories.reduce(0) { $0 + CategoryEmbedding.columns($1) }
      let outputs = model.dimension + categories.reduce(0, +)
      return (inputs + 1 + 2 * frequencies + 1) * width + blocks * perBlock
        + (width + 1) * outputs
        + categories.reduce(0) { $0 + ($1 + 1) * CategoryEmbedding.columns($1) }
    case .custom: return nil
    }
  }
}

extension RunConfiguration.Process: Codable {
  private enum CodingKeys: CodingKey { case schedule, logNormal, custom }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    guard let key = values.allKeys.first, values.allKeys.count == 1 else {
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: values.codingPath,
          debugDescription: "it has \(values.allKeys.count) kinds; leave one"))
    }
    switch key {
    case .schedule: self = .schedule(try values.decode(ScheduleConfiguration.self, forKey: key))
    case .logNormal: self = .logNormal(try values.decode(LogNormalNoise.self, forKey: key))
    case .custom: self = .custom(name: try values.decode(String.self, forKey: key))
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .schedule(let schedule): try values.encode(schedule, forKey: .schedule)
    case .logNormal(let levels): try values.encode(levels, forKey: .logNormal)
    case .custom(let name): try values.encode(name, forKey: .custom)
    }
  }
}
