import LangevinPreconditions
import LinearAlgebra
public import NeuralNetwork

/// A network that has learned to denoise, with all that is needed to read its output.
public struct DiffusionModel: Sendable {
  /// The levels of noise that it knows.
  public let process: NoiseProcess
  /// What the network estimates.
  public let prediction: Prediction
  /// What the network sees of a level; nil if it has a table of timesteps, or no use for either.
  public let features: FourierFeatures?
  /// From the space of the network to that of the data; nil if they are the same.
  public var standardization: Standardization?
  /// The moments of the data that it learns, before standardization.
  public var moments: DataMoments?
  /// Scaled states in, and the context behind them if there is one; estimates out.
  public var network: Network

  /// A model around `network`, whose outputs have the columns of a state. Further inputs are the context:
  /// what is known of a row, or zeros. The network takes the features of a level, or knows each timestep
  /// of a discrete process as a condition, or neither.
  public init(
    process: NoiseProcess, prediction: Prediction = .epsilon, network: Network,
    features: FourierFeatures? = nil, standardization: Standardization? = nil,
    moments: DataMoments? = nil
  ) {
    require(
      network.inputWidth >= network.outputWidth,
      """
      DiffusionModel: the network turns \(network.inputWidth) columns into \
      \(network.outputWidth), which are more than a state can have
      """)
    if features == nil, let count = network.conditionCount {
      let steps = process.schedule?.steps ?? .max
      require(
        count >= steps,
        "DiffusionModel: the network knows \(count) conditions, the schedule has \(steps) timesteps"
      )
    }
    require(
      prediction.isDefined(at: process.terminal),
      """
      DiffusionModel: where next to no signal is left, an estimate of the noise says nothing about the \
      data; estimate the data or the velocity, or choose a schedule that ends earlier
      """)
    self.process = process
    self.prediction = prediction
    self.network = network
    self.features = features
    self.standardization = standardization
    self.moments = moments
  }

  /// A model that estimates the noise at the timesteps of `schedule`.
  public init(schedule: NoiseSchedule, network: Network) {
    self.init(process: .discrete(schedule), network: network)
  }

  /// Columns of a sample.
  public var dimension: Int { network.outputWidth }

  /// Columns of a context c, of which the model has learned p(x | c); 0 without conditioning. The network sees √d c
  /// behind the d columns of a state, so that a c of a single 1 counts as much as a standardized point.
  public var contextWidth: Int { network.inputWidth - network.outputWidth }

  /// The rows of `data`, points and behind them their contexts, with points where the network sees them.
  func standardized(_ data: Matrix) -> Matrix {
    guard let standardization else { return data }
    if contextWidth == 0 { return standardization.apply(to: data) }
    let points = standardization.apply(to: data.columns(0..<dimension))
    return .horizontally([points, data.columns(dimension..<data.columns)])
  }

  /// √d.
  var contextScale: Float { Float(dimension).squareRoot() }

  /// The moments of the data where the network sees them; nil if nobody has told.
  package var standardizedMoments: DataMoments? {
    guard let standardization else { return moments }
    return moments?.standardized(by: standardization)
  }
}
