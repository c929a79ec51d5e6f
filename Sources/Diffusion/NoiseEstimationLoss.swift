public import LinearAlgebra
public import NeuralNetwork

/// The simplified variational bound of Ho et al. (2020, equation 14): how well the network finds the
/// noise that was added.
///
///     L = mean over all elements of (ε - ε(√ᾱₜ x₀ + √(1 - ᾱₜ) ε, t))²
public final class NoiseEstimationLoss {
  private var states: Matrix
  private let workspace: Workspace
  private let forward: ForwardProcess
  private let error: MeanSquaredError

  /// The loss of batches of up to `capacity` rows, under the schedule of `model`.
  public init(_ model: DiffusionModel, capacity: Int, workspace: Workspace) {
    self.states = Matrix(rows: capacity, columns: model.dimension)
    self.workspace = workspace
    self.forward = ForwardProcess(model.schedule)
    self.error = MeanSquaredError(capacity: capacity)
  }

  /// L, with the gradients of all parameters of `network` left in the workspace. The rows of `data`
  /// have timesteps and noise of their own.
  public func evaluate(
    _ network: Network, data: Matrix, timesteps: [Int32], noise: Matrix
  ) -> Double {
    states.resize(rows: data.rows)
    return states.withMutableHandle { states in
      data.withHandle { data in
        noise.withHandle { noise in
          forward.diffuse(data, timesteps: timesteps.span, noise: noise, into: states)
          return unsafe timesteps.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return 0 }
            let conditions = unsafe Conditions(base: base, count: buffer.count)
            return error.loss(noise) {
              workspace.forwardAndBackward(network, states, conditions: conditions, loss: error)
            }
          }
        }
      }
    }
  }
}
