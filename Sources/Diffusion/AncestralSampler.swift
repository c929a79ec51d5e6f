public import LinearAlgebra
import NeuralNetwork

/// The reverse process of Ho et al. (2020, algorithm 2): from noise, step by step, to samples.
///
///     x_T ~ N(0, I);  for t = T-1 … 0:
///     μ = (xₜ - βₜ / √(1 - ᾱₜ) ε(xₜ, t)) / √αₜ
///     xₜ₋₁ = μ + √βₜ z,  z ~ N(0, I)
///
/// Each point goes its own way: all of its noise is addressed by seed, timestep and position, so
/// that the samples do not depend on how they are cut into tiles and spread over threads.
public struct AncestralSampler: Sendable {
  /// What estimates the noise.
  public let model: DiffusionModel
  /// Whether the last step adds noise too, as the original program does. Without it, the last
  /// state is the mean, and the samples are sharper by √β₀.
  public let noiseAtLastStep: Bool

  /// A sampler of `model`.
  public init(_ model: DiffusionModel, noiseAtLastStep: Bool = false) {
    self.model = model
    self.noiseAtLastStep = noiseAtLastStep
  }

  /// Whether noise is added at timestep t.
  public func addsNoise(at t: Int) -> Bool { t > 0 || noiseAtLastStep }

  /// One step of the reverse process: xₜ₋₁ of `state` = xₜ. `noise` is z; nil is none.
  public func step(
    _ state: Matrix, timestep t: Int, noise: Matrix?, engine: Engine = .current
  ) -> Matrix {
    precondition(
      t >= 0 && t < model.schedule.steps,
      "AncestralSampler: timestep \(t) is not from 0 to \(model.schedule.steps - 1)")
    if let noise {
      precondition(
        noise.rows == state.rows && noise.columns == state.columns,
        """
        AncestralSampler: noise of \(noise.rows) × \(noise.columns) for a state of \
        \(state.rows) × \(state.columns)
        """)
    }
    let timesteps = [Int32](repeating: Int32(t), count: state.rows)
    let estimate = model.estimateNoise(state, timesteps: timesteps, engine: engine)
    var next = state
    next.withMutableHandle { next in
      estimate.withHandle { estimate in
        if let noise {
          noise.withHandle { update(next, timestep: t, estimate: estimate, noise: $0) }
        } else {
          update(next, timestep: t, estimate: estimate, noise: nil)
        }
      }
    }
    return next
  }

  /// Turns xₜ in `state` into xₜ₋₁.
  func update(_ state: MatrixHandle, timestep t: Int, estimate: MatrixHandle, noise: MatrixHandle?)
  {
    let schedule = model.schedule
    let scale = Float(1 / schedule.alpha[t].squareRoot())
    let estimateFactor = Float(schedule.beta[t] / schedule.noise(t))
    let noiseFactor = Float(schedule.beta[t].squareRoot())
    for row in 0..<state.rows {
      for column in 0..<state.columns {
        let index = row * state.stride + column
        var value =
          unsafe scale
          * (state.base[index] - estimateFactor * estimate.base[row * estimate.stride + column])
        if let noise { unsafe value += noiseFactor * noise.base[row * noise.stride + column] }
        unsafe state.base[index] = value
      }
    }
  }
}
