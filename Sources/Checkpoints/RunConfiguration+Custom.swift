public import Diffusion
public import Tables

extension RunConfiguration {
  /// Creates the configuration of a model that a program has built. Training has the settings of the preset
  /// ``Preset/best``.
  ///
  /// - Parameters:
  ///   - dataset: The source of the data.
  ///   - model: The model.
  ///   - name: The name of the model.
  ///   - table: The encoding of the rows of a table as points; nil if the data are points.
  public init(
    dataset: Dataset, customModel model: DiffusionModel, named name: String,
    table: TableEncoding? = nil
  ) {
    self.init(.best, dataset: dataset, dimension: model.dimension, table: table)
    self.model.discreteColumns = nil
    (self.model.dimension, self.model.contextWidth) = (model.dimension, model.contextWidth)
    self.model.network = .custom(name: name, standardization: model.standardization)
    self.model.process =
      switch model.process {
      case .continuous(let process as LogNormalNoise): .logNormal(process)
      case .continuous, .discrete: .custom(name: model.process.name)
      }
    self.model.prediction = PredictionType(model.prediction)
    self.model.isStandardized = model.standardization != nil
    self.model.samplingSteps = nil
    moments = model.moments
  }
}

extension RunConfiguration {
  /// Whether a model that a program has built is standardized by the moments of the data.
  var isStandardizedByMoments: Bool {
    guard let moments, let standardization = model.network.standardization else { return false }
    return standardization == Standardization(moments)
  }
}

extension RunConfiguration.Network {
  /// The standardization of a network that a program has built; nil for any other.
  package var standardization: Standardization? {
    get { if case .custom(_, let standardization) = self { standardization } else { nil } }
    set {
      if case .custom(let name, _) = self { self = .custom(name: name, standardization: newValue) }
    }
  }
}

extension NoiseProcess {
  /// A readable name of the process.
  fileprivate var name: String {
    switch self {
    case .discrete(let schedule): "\(schedule.steps) timesteps"
    case .continuous(let process): "\(type(of: process))"
    }
  }
}
