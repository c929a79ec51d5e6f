import LinearAlgebra
import NeuralNetwork

/// The weighted loss of the network, averaged over all elements of a batch. For the squared error it is
///
///     L = mean of w (F - F*)²
///
/// with the target F* (``Prediction``) and the weight w of the row's level (``LossWeighting``). With the
/// noise as target and weight 1, this is the simplified variational bound of Ho et al. (2020,
/// equation 14).
final class DenoisingLoss {
  private let error: LossPass

  init(_ loss: any Loss, capacity: Int) { error = LossPass(loss, capacity: capacity) }

  /// Returns L of `batch`, and leaves the gradients of all parameters of `network` in `workspace`.
  func evaluate(_ network: Network, _ batch: NoisyBatch, workspace: Workspace) -> Double {
    batch.inputs.withHandle { inputs in
      batch.targets.withHandle { targets in
        withHandles(batch.features, batch.weights) { features, weights in
          unsafe batch.conditions.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return 0 }
            let conditions = unsafe Conditions(base: base, count: buffer.count)
            return error.loss(targets, weights: weights) {
              workspace.forwardAndBackward(
                network, inputs, conditions: conditions, features: features, loss: error)
            }
          }
        }
      }
    }
  }
}

extension DiffusionModel {
  /// Returns the loss of the network's outputs: `loss`, or that of numbers and categories.
  func loss(_ loss: any Loss) -> any Loss {
    categories.isEmpty ? loss : MixedLoss(numbers: dimension, categories: categories)
  }
}

/// Calls `body` with the handles of two matrices, or nil for a matrix that is nil.
private func withHandles<Result>(
  _ first: Matrix<Float>?, _ second: Matrix<Float>?,
  _ body: (MatrixHandle<Float>?, MatrixHandle<Float>?) -> Result
) -> Result {
  func withHandle(_ matrix: Matrix<Float>?, _ body: (MatrixHandle<Float>?) -> Result) -> Result {
    matrix.map { $0.withHandle { body($0) } } ?? body(nil)
  }
  return withHandle(first) { first in withHandle(second) { body(first, $0) } }
}
