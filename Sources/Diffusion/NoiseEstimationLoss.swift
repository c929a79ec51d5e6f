public import LinearAlgebra
public import NeuralNetwork

/// The simplified variational bound of Ho et al. (2020, equation 14): how well the network finds the
/// noise that was added.
///
///     L = mean over all elements of (ε - ε(√ᾱₜ x₀ + √(1 - ᾱₜ) ε, t))²
public final class NoiseEstimationLoss {
  private var states: Matrix
  private let workspace: Workspace

  /// The loss of batches of up to `workspace.capacity` rows.
  public init(_ model: DiffusionModel, workspace: Workspace) {
    self.states = Matrix(rows: workspace.capacity, columns: model.dimension)
    self.workspace = workspace
  }

  /// L, with the gradients of all parameters left in the workspace. The rows of `data` have
  /// timesteps and noise of their own.
  public func evaluate(
    _ model: DiffusionModel, data: Matrix, timesteps: [Int32], noise: Matrix
  ) -> Double {
    states.resize(rows: data.rows)
    let forward = ForwardProcess(model.schedule)
    return states.withMutableHandle { states in
      data.withHandle { data in
        noise.withHandle { noise in
          forward.diffuse(data, timesteps: timesteps.span, noise: noise, into: states)
          return unsafe timesteps.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return 0 }
            let conditions = unsafe Conditions(base: base, count: buffer.count)
            let estimate = workspace.forward(model.network, states, conditions: conditions)
            let loss = MeanSquaredError.evaluate(
              estimate, target: noise, gradients: workspace.outputGradients(rows: data.rows))
            workspace.backward(model.network, states, conditions: conditions)
            return loss
          }
        }
      }
    }
  }
}
