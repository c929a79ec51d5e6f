import LangevinThreading
import LinearAlgebra
import NeuralNetwork

/// The loss on data that training does not see. Levels and noise are always the same, so that only the
/// network changes from one epoch to the next.
final class HeldOutLoss {
  private let batch: NoisyBatch
  private let workspace: Workspace
  private let loss: any Loss

  /// Creates the loss on `data`, which is in the space of the network.
  init(
    _ model: DiffusionModel, data: Matrix<Float>, weighting: LossWeighting, loss: any Loss,
    seed: UInt64, engine: Engine
  ) {
    self.loss = model.loss(loss)
    batch = NoisyBatch(model, weighting: weighting, rowsPerLevel: 1, capacity: data.rows)
    workspace = Workspace(
      model.network, capacity: data.rows, purpose: .inference, engine: engine,
      pool: ThreadPool(threads: 1))
    var noise = Matrix<Float>(rows: data.rows, columns: model.dimension)
    RandomPurpose.heldOutNoise.stream(seed: seed).fillNormal(&noise, engine: engine)
    batch.spreadLevels(rows: data.rows)
    batch.drawHiddenCells(
      rows: data.rows, from: RandomPurpose.heldOutCells.stream(seed: seed), engine: engine)
    batch.form(data, noise: noise)
  }

  /// Returns the loss of `network`.
  func evaluate(_ network: Network) -> Double {
    let outputs = workspace.forward(
      network, batch.inputs, conditions: batch.conditions, features: batch.features)
    return loss.mean(outputs, target: batch.targets, weights: batch.weights).loss
  }
}
