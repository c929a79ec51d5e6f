public import LinearAlgebra
public import NeuralNetwork

/// A network that estimates the noise in a state, and the schedule it has learned for.
public struct DiffusionModel: Sendable {
  /// How noise grows.
  public let schedule: NoiseSchedule
  /// ε(xₜ, t): states in, estimated noise out, conditioned on the timestep.
  public var network: Network

  /// A model of `schedule` and `network`, whose outputs have the shape of its inputs and which
  /// knows each timestep as a condition.
  public init(schedule: NoiseSchedule, network: Network) {
    precondition(
      network.inputWidth == network.outputWidth,
      """
      DiffusionModel: the network turns \(network.inputWidth) columns into \
      \(network.outputWidth), not as many
      """)
    precondition(
      network.conditionCount.map { $0 >= schedule.steps } ?? true,
      """
      DiffusionModel: the network knows \(network.conditionCount ?? 0) conditions, the schedule \
      has \(schedule.steps) timesteps
      """)
    self.schedule = schedule
    self.network = network
  }

  /// The original program's model: ``NoiseSchedule/sigmoid(steps:start:end:range:)``, conditional
  /// linear layers with softplus of widths `hidden`, and a linear layer back to `dimension`
  /// columns. Parameters are named `lin1` … as there.
  public static func seed(
    dimension: Int = 2, hidden: [Int] = [128, 128, 128], steps: Int = 100, seed: UInt64 = 0
  ) -> DiffusionModel {
    var layers: [any Layer] = []
    var width = dimension
    for (index, next) in hidden.enumerated() {
      layers.append(
        ConditionalLinear("lin\(index + 1)", inputs: width, outputs: next, conditions: steps))
      layers.append(Softplus())
      width = next
    }
    layers.append(Linear("lin\(hidden.count + 1)", inputs: width, outputs: dimension))
    return DiffusionModel(
      schedule: .sigmoid(steps: steps),
      network: Network(layers, inputWidth: dimension) {
        RandomPurpose.initialisation.stream(seed: seed, index: $0)
      })
  }

  /// Columns of a sample.
  public var dimension: Int { network.inputWidth }

  /// ε(xₜ, t) for the rows of `states`, with a timestep for each.
  public func estimateNoise(
    _ states: Matrix, timesteps: [Int32], engine: Engine = .current
  ) -> Matrix {
    network(states, conditions: timesteps, engine: engine)
  }
}
