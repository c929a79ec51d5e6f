import LangevinPreconditions
public import LinearAlgebra

/// The reverse process, which turns noise into samples, level by level.
///
///     let sampler = Sampler(model, method: .heun(), steps: 20)
///     let samples = sampler.sample(count: 1000, seed: 1)
///
/// Each point is independent of the others. Seed, step and position determine its noise, so the samples do
/// not depend on how they are divided into tiles and threads.
public struct Sampler: Sendable {
  /// The denoiser, which estimates the data behind a state.
  public let denoiser: any Denoiser
  /// The levels, from the noisiest to that of the data.
  public let levels: [NoiseLevel]
  /// The method that goes from one level to the next.
  public let method: SamplingMethod
  /// The distribution from which sampling starts.
  public let prior: Prior
  /// The data in the denoiser's space whose noisy states replace the prior; nil or empty to keep the prior.
  ///
  /// Row i of the samples starts from α x + σ ε, where x is row i of these data, repeated in order. Such
  /// samples show how large an error the prior causes.
  package let startingData: Matrix<Float>?
  /// The box to which estimates of the data are clipped; nil for no clipping.
  package let box: DataBox?
  /// The map between the space of the samples and that of the denoiser; nil if they are the same.
  public let standardization: Standardization?
  let stages: [ReverseStage]
  /// Whether any stage uses the state before the previous stage.
  let keepsStates: Bool
  /// Whether any stage uses the estimate of the previous stage.
  let keepsEstimates: Bool

  /// Creates a sampler that takes `denoiser` through `levels`.
  ///
  /// There must be at least two levels, each with less noise than the one before. All arguments are in the
  /// denoiser's space. `standardization` maps the space of the samples to it.
  public init(
    _ denoiser: any Denoiser, levels: [NoiseLevel], method: SamplingMethod,
    prior: Prior = .standard, startingData: Matrix<Float>? = nil, box: DataBox? = nil,
    standardization: Standardization? = nil
  ) {
    require(levels.count > 1, "Sampler: too few levels (\(levels.count)); use at least 2")
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

  /// The number T of steps.
  public var steps: Int { levels.count - 1 }

  /// The number of evaluations of the denoiser for each sample.
  public var evaluations: Int { stages.count { $0.level != nil } }

  /// Returns the state at level `step` + 1 from `state` at level `step`, for a method of one stage per step.
  ///
  /// `noise` is z; nil means no noise. The stage must not use the estimate of the previous stage.
  public func step(
    _ state: Matrix<Float>, step: Int, noise: Matrix<Float>?, engine: Engine = .current
  ) -> Matrix<Float> {
    require(
      stages.count == steps && stages.indices.contains(step) && !keepsEstimates,
      "Sampler: step \(step) of \(steps) must be a single stage that needs no earlier estimate")
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

  /// Returns the last states of a method without noise that starts from `states`, which are at the noisiest
  /// level.
  ///
  /// All states are in the denoiser's space. Rows are independent of each other.
  public func run(from states: Matrix<Float>, engine: Engine = .current) -> Matrix<Float> {
    require(
      states.columns == denoiser.dimension,
      "Sampler: states of \(states.columns) columns for a denoiser of \(denoiser.dimension)")
    require(
      stages.allSatisfy { $0.noise == 0 },
      "Sampler: \(method) draws noise; to run from given states, use a method without noise")
    var run = StageRunner(self, capacity: states.rows, engine: engine)
    run.begin(rows: 0..<states.rows)
    var states = states
    states.withMutableHandle { states in
      for stage in stages { run.apply(stage, to: states, noise: nil) }
    }
    return states
  }
}
