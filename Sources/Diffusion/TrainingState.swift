public import NeuralNetwork

/// All that a step of training changes: enough to go on as if training had never stopped.
public struct TrainingState: Sendable {
  /// The model with the parameters that the optimizer changes.
  public private(set) var model: DiffusionModel
  /// The optimizer.
  public private(set) var optimizer: Adam
  /// The average of the parameters, if one is kept.
  public private(set) var average: ExponentialMovingAverage?

  /// Before the first step. The average decays by `emaDecay`; nil is no average.
  public init(_ model: DiffusionModel, emaDecay: Double? = nil) {
    self.init(
      model: model, optimizer: Adam(model.network.parameters.layout),
      average: emaDecay.map {
        ExponentialMovingAverage(model.network.parameters, decay: $0)
      })
  }

  /// Where a training stood.
  public init(model: DiffusionModel, optimizer: Adam, average: ExponentialMovingAverage?) {
    self.model = model
    self.optimizer = optimizer
    self.average = average
  }

  /// What to sample from: the model with the average of its parameters, if one is kept.
  public var result: DiffusionModel {
    guard let average else { return model }
    var result = model
    result.network.parameters = average.parameters
    return result
  }

  /// Takes a step with the gradients in `workspace`, unless they are not finite; returns their norm.
  mutating func update(
    _ workspace: Workspace, learningRate: Double, maximumNorm: Double?
  ) -> Double {
    optimizer.learningRate = learningRate
    return workspace.update(
      &model.network.parameters, by: &optimizer, maximumNorm: maximumNorm, average: &average)
  }
}
