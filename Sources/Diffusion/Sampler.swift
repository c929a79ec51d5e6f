import LangevinPreconditions
public import LinearAlgebra

/// The reverse process: from noise, level by level, to samples.
///
///     let sampler = Sampler(model, method: .heun(), steps: 20)
///     let samples = sampler.sample(count: 1000, seed: 1)
///
/// Each point goes its own way: all of its noise is addressed by seed, step and position, so that the
/// samples do not depend on how they are cut into tiles and spread over threads.
public struct Sampler: Sendable {
  /// What finds the data behind a state.
  public let denoiser: any Denoiser
  /// The levels from the noisiest to the data.
  public let levels: [NoiseLevel]
  /// How it goes from one to the next.
  public let method: SamplingMethod
  /// What it starts from.
  public let prior: Prior
  /// Data in the denoiser's space whose noisy states take the place of the prior: row i of the samples
  /// starts from α x + σ ε, x being row i of these, in turn; without rows, the prior stays. It shows how much of
  /// an error the prior makes.
  package let startingData: Matrix?
  /// What estimates of the data are clipped to; by default nothing.
  package let box: DataBox?
  /// From the denoiser's space to that of the samples.
  public let standardization: Standardization?
  let stages: [ReverseStage]
  /// Whether stages ask for the state before the last.
  let keepsStates: Bool
  /// Whether they ask for what the denoiser found there.
  let keepsEstimates: Bool

  /// A sampler that takes `denoiser` through `levels`, of which there are at least two, each with less
  /// noise than the one before. All of it but `standardization` is in the denoiser's space.
  public init(
    _ denoiser: any Denoiser, levels: [NoiseLevel], method: SamplingMethod,
    prior: Prior = .standard, startingData: Matrix? = nil, box: DataBox? = nil,
    standardization: Standardization? = nil
  ) {
    require(levels.count > 1, "Sampler: \(levels.count) levels are too few")
    self.denoiser = denoiser
    self.levels = levels
    self.method = method
    self.prior = prior
    self.startingData = startingData
    if let data = startingData {
      require(
        data.columns == denoiser.dimension,
        "Sampler: starting data of \(data.rows) × \(data.columns) for states of \(denoiser.dimension)"
      )
    }
    self.box = box
    self.standardization = standardization
    stages = method.stages(levels)
    keepsStates = stages.contains { $0.before != 0 }
    keepsEstimates = stages.contains { $0.denoisedBefore != 0 }
  }

  /// T, the number of steps.
  public var steps: Int { levels.count - 1 }

  /// How often the denoiser is asked for each sample.
  public var evaluations: Int { stages.count { $0.level != nil } }

  /// One step of a method that takes one stage a step: the state at level `step` + 1 from the one at
  /// level `step`. `noise` is z; nil is none.
  public func step(
    _ state: Matrix, step: Int, noise: Matrix?, engine: Engine = .current
  ) -> Matrix {
    require(
      stages.count == steps && stages.indices.contains(step) && !keepsEstimates,
      "Sampler: step \(step) of \(steps) is not one stage that stands by itself")
    if let noise {
      require(
        noise.rows == state.rows && noise.columns == state.columns,
        "Sampler: noise of \(noise.rows) × \(noise.columns) for a state of \(state.rows) × \(state.columns)"
      )
    }
    var run = StageRunner(self, capacity: state.rows, engine: engine)
    run.begin(rows: 0..<state.rows)
    var state = state
    state.withMutableHandle { state in
      if let noise {
        noise.withHandle { run.apply(stages[step], to: state, noise: $0) }
      } else {
        run.apply(stages[step], to: state, noise: nil)
      }
    }
    return state
  }

  /// The last states of a method without noise that starts from `states`, which are at the noisiest
  /// level. All are in the denoiser's space, and rows go their own ways.
  public func run(from states: Matrix, engine: Engine = .current) -> Matrix {
    require(
      states.columns == denoiser.dimension,
      "Sampler: states of \(states.columns) columns for a denoiser of \(denoiser.dimension)")
    require(
      stages.allSatisfy { $0.noise == 0 },
      "Sampler: \(method) draws noise; only a method without it runs from given states alone")
    var run = StageRunner(self, capacity: states.rows, engine: engine)
    run.begin(rows: 0..<states.rows)
    var states = states
    states.withMutableHandle { states in
      for stage in stages { run.apply(stage, to: states, noise: nil) }
    }
    return states
  }
}
