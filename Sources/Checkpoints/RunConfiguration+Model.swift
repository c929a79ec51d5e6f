public import Diffusion
public import NeuralNetwork

extension RunConfiguration {
  /// What the network looks like, and what it learns.
  public struct Model: Codable, Sendable, Hashable {
    /// The recipe that the settings are of, for people.
    public var preset: Preset
    /// Columns of a sample.
    public var dimension: Int
    /// Columns of a context, which the network is told besides; nil for none.
    public var contextWidth: Int?
    /// How the network is built.
    public var network: NetworkKind
    /// Widths of the hidden layers; those of a residual network are equal, one for each block.
    public var hidden: [Int]
    /// The activation.
    public var activation: Activation
    /// Frequencies of the Fourier features of a residual network; nil for the other.
    public var frequencies: Int?
    /// Octaves of waves in which a residual network sees its inputs besides; nil for none.
    public var octaves: Int?
    /// The schedule of timesteps; nil if levels are continuous.
    public var schedule: ScheduleDescription?
    /// The continuous levels; nil if there is a schedule.
    public var levels: LogNormalNoise?
    /// What the network estimates.
    public var estimates: Estimate
    /// Whether data are standardized.
    public var standardises: Bool

    /// Columns of a row of the data: of a point, and behind it of its context.
    public var rowWidth: Int { dimension + (contextWidth ?? 0) }

    /// ``frequencies``, or how many a residual network has unless it is told.
    public var frequencyCount: Int { frequencies ?? 16 }

    /// The original program's network, for `steps` timesteps.
    public init(
      preset: Preset = .seed, dimension: Int, hidden: [Int], steps: Int
    ) {
      self.init(
        preset: preset, dimension: dimension, network: .conditional, hidden: hidden,
        activation: .softplus, schedule: ScheduleDescription(.sigmoid, steps: steps),
        estimates: .epsilon, standardises: false)
    }

    /// A network of these settings.
    public init(
      preset: Preset, dimension: Int, contextWidth: Int? = nil, network: NetworkKind, hidden: [Int],
      activation: Activation, frequencies: Int? = nil, octaves: Int? = nil,
      schedule: ScheduleDescription? = nil,
      levels: LogNormalNoise? = nil, estimates: Estimate, standardises: Bool
    ) {
      self.preset = preset
      self.dimension = dimension
      self.contextWidth = contextWidth
      self.network = network
      self.hidden = hidden
      self.activation = activation
      self.frequencies = frequencies
      self.octaves = octaves
      self.schedule = schedule
      self.levels = levels
      self.estimates = estimates
      self.standardises = standardises
    }
  }

  /// How a network is built.
  public enum NetworkKind: String, Codable, Sendable, Hashable, CaseIterable {
    /// The original program's: layers scaled by a table of timesteps.
    case conditional
    /// Blocks that add to what they are given, and see the level through Fourier features.
    case residual
  }

  /// `Prediction` by name.
  public enum Estimate: String, Codable, Sendable, Hashable, CaseIterable {
    /// The noise ε.
    case epsilon = "eps"
    /// The data x₀.
    case data = "x0"
    /// The velocity α ε - σ x₀.
    case velocity = "v"
    /// What the preconditioning of Karras et al. leaves to the network.
    case preconditioned = "edm"

    var prediction: Prediction {
      switch self {
      case .epsilon: .epsilon
      case .data: .data
      case .velocity: .velocity
      case .preconditioned: .preconditioned()
      }
    }
  }

  /// The model before training.
  public func makeModel() throws(CheckpointError) -> DiffusionModel {
    try validate()
    try requireMoments()
    let process = try process()
    var result: DiffusionModel
    switch model.network {
    case .conditional:
      guard let schedule = process.schedule else {
        throw .format("model.schedule is missing; a conditional network needs one")
      }
      result = .seed(
        dimension: model.dimension, hidden: model.hidden, schedule: schedule,
        activation: model.activation, prediction: model.estimates.prediction,
        seed: training.seed)
      result.moments = moments
      if model.standardises { result.standardization = moments.map { Standardization($0) } }
    case .residual:
      result = .residual(
        dimension: model.dimension, contextWidth: model.contextWidth ?? 0, width: model.hidden[0],
        blocks: model.hidden.count, activation: model.activation, frequencies: model.frequencyCount,
        octaves: model.octaves ?? 0, process: process,
        prediction: model.estimates.prediction, moments: moments,
        standardises: model.standardises, seed: training.seed)
    }
    return result
  }

  /// The levels that the network learns.
  public func process() throws(CheckpointError) -> NoiseProcess {
    if let levels = model.levels { return .logNormal(levels) }
    guard let schedule = model.schedule else {
      throw .format("model has neither schedule nor levels; give one of them")
    }
    do {
      return .discrete(try schedule.makeSchedule())
    } catch {
      throw .format("model.schedule: \(error)")
    }
  }

  /// How many parameters the network has. The limits of widths and steps keep it from overflowing.
  public var parameterCount: Int {
    switch model.network {
    case .conditional:
      var count = 0
      var width = model.dimension
      for next in model.hidden {
        count += (width + 1 + (model.schedule?.steps ?? 0)) * next
        width = next
      }
      return count + (width + 1) * model.dimension
    case .residual:
      let width = model.hidden.first ?? 0
      let features = 2 * model.frequencyCount
      let perBlock = 2 * (width + 1) * width
      let inputs = model.rowWidth + 2 * model.dimension * (model.octaves ?? 0)
      return (inputs + 1 + features + 1) * width + model.hidden.count * perBlock
        + (width + 1) * model.dimension
    }
  }
}
