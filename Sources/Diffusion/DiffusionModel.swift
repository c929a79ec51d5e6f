import LangevinPreconditions
import LinearAlgebra
public import NeuralNetwork

/// A network for denoising, with everything needed to interpret its output.
public struct DiffusionModel: Sendable {
  /// The noise levels that the model learns.
  public let process: NoiseProcess
  /// The quantity that the network estimates.
  public let prediction: Prediction
  /// The features through which the network sees a level; nil if it has a table of timesteps, or ignores
  /// the level.
  public let features: FourierFeatures?
  /// The map between the space of the data and that of the network; nil if they are the same.
  public var standardization: Standardization?
  /// The moments of the data that the model learns, before standardization; nil if unknown.
  public var moments: DataMoments?
  /// The network, which turns a scaled state, followed by its context if the model has one, into an
  /// estimate.
  public var network: Network
  /// The number of categories of each categorical variable; empty for a model of numbers alone.
  ///
  /// The codes of the categories are the context of the numbers, and the model also draws them
  /// (``CategorySampler``).
  public let categories: [Int]

  /// Creates a model around `network`, whose outputs have the columns of a state.
  ///
  /// Inputs of the network after those columns are the context of a row, or zeros without one. The network
  /// takes the features of a level, or each timestep of a discrete process as a condition, or neither.
  ///
  /// With `categories`, the network has the inputs and outputs that ``CategorySampler`` describes, and takes
  /// features.
  public init(
    process: NoiseProcess, prediction: Prediction = .epsilon, network: Network,
    features: FourierFeatures? = nil, standardization: Standardization? = nil,
    moments: DataMoments? = nil, categories: [Int] = []
  ) {
    let dimension = network.outputWidth - categories.reduce(0, +)
    require(
      categories.isEmpty
        || features != nil && dimension >= 0
          && network.inputWidth == 2 * dimension + categories.count,
      """
      DiffusionModel: a network of \(network.inputWidth) inputs and \(network.outputWidth) outputs does not fit \
      variables of \(categories) categories; it needs an output for each category and number, an input for each \
      variable and two for each number, and features
      """)
    require(
      !categories.isEmpty || network.inputWidth >= network.outputWidth,
      """
      DiffusionModel: the network has more outputs (\(network.outputWidth)) than inputs \
      (\(network.inputWidth)); it needs an input for each column of a state
      """)
    if features == nil, let count = network.conditionCount {
      let steps = process.schedule?.steps ?? .max
      require(
        count >= steps,
        "DiffusionModel: the network has \(count) conditions, fewer than the schedule's \(steps) timesteps"
      )
    }
    require(
      prediction.isDefined(at: process.terminal),
      """
      DiffusionModel: the last level has almost no signal, where an estimate of the noise does not \
      determine the data; estimate the data or the velocity, or choose a schedule that ends earlier
      """)
    self.process = process
    self.prediction = prediction
    self.network = network
    self.features = features
    self.standardization = standardization
    self.moments = moments
    self.categories = categories
  }

  /// Creates a model that estimates the noise at the timesteps of `schedule`.
  public init(schedule: NoiseSchedule, network: Network) {
    self.init(process: .discrete(schedule), network: network)
  }

  /// The number of columns of a sample, without categories.
  public var dimension: Int { network.outputWidth - categories.reduce(0, +) }

  /// The number of columns of a context c; 0 without conditioning.
  ///
  /// The model learns p(x | c). The network sees √d c after the d columns of a state, so that a context with
  /// a single 1 counts as much as a standardized point. The codes of ``categories`` are seen as they are.
  public var contextWidth: Int {
    categories.isEmpty ? network.inputWidth - network.outputWidth : categories.count
  }

  /// The number of columns of a row of data: a point and its context.
  public var rowWidth: Int { dimension + contextWidth }

  /// The first input of the network that sees a column of the context.
  ///
  /// With categories, an input for each number says before it whether the number is hidden.
  var firstContextInput: Int { categories.isEmpty ? dimension : 2 * dimension }

  /// Returns `data` with its points mapped to the space of the network. A row of `data` is a point followed
  /// by its context.
  func standardized(_ data: Matrix<Float>) -> Matrix<Float> {
    guard let standardization else { return data }
    if contextWidth == 0 { return standardization.apply(to: data) }
    let points = standardization.apply(to: data.columns(0..<dimension))
    return .horizontally([points, data.columns(dimension..<data.columns)])
  }

  /// The factor √d of contexts in the network's input.
  var contextScale: Float { categories.isEmpty ? Float(dimension).squareRoot() : 1 }

  /// The moments of the data in the space of the network; nil if unknown.
  package var standardizedMoments: DataMoments? {
    guard let standardization else { return moments }
    return moments?.standardized(by: standardization)
  }
}
