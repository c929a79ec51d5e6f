public import NeuralNetwork

/// Everything that a training step changes. It is enough to resume training as if it had never stopped.
public struct TrainingState: Sendable {
  /// The model with the parameters that the optimizer changes.
  public private(set) var model: DiffusionModel
  /// The optimizer.
  public private(set) var optimizer: Adam
  /// The EMA of the parameters; nil if no EMA is kept.
  public private(set) var average: ExponentialMovingAverage?

  /// Creates the state before the first step. `emaDecay` is the decay of the EMA; nil means no EMA.
  public init(_ model: DiffusionModel, emaDecay: Double? = nil) {
    self.init(
      model: model, optimizer: Adam(model.network.parameters),
      average: emaDecay.map {
        ExponentialMovingAverage(model.network.parameters, decay: $0)
      })
  }

  /// Creates the state of a stopped training.
  public init(model: DiffusionModel, optimizer: Adam, average: ExponentialMovingAverage?) {
    self.model = model
    self.optimizer = optimizer
    self.average = average
  }

  /// The model to sample from, with the EMA of its parameters if an EMA is kept.
  public var result: DiffusionModel {
    guard let average else { return model }
    var result = model
    result.network.parameters = average.parameters
    return result
  }

  /// Takes a step with the gradients in `workspace`, unless they are not finite, and returns their norm.
  mutating func update(
    _ workspace: Workspace, learningRate: Double, maximumNorm: Double?
  ) -> Double {
    optimizer.learningRate = learningRate
    return workspace.update(
      &model.network.parameters, by: &optimizer, maximumNorm: maximumNorm, average: &average)
  }
}
