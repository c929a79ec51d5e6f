package import Checkpoints
package import Diffusion
package import LinearAlgebra
import Tables

/// The settings for sampling from a run.
package struct SamplingSettings: Sendable {
  /// The sampling method; nil for that of the model's process.
  package var method: SamplingMethod?
  /// The number of steps; nil for that of the run.
  package var steps: Int?
  /// The categories of the chosen conditions; the others are as frequent as in the data.
  package var conditions: [String: String] = [:]
  /// The weight of classifier-free guidance.
  package var guidance = 1.0
  /// The selection of timesteps.
  package var spacing = TimestepSpacing.trailing
  /// Whether sampling starts from a Gaussian with the moments of the data.
  package var startsFromMoments = false
  /// The bounds to which denoised states are clipped; nil disables clipping.
  package var bounds: DataBox?

  package init() {}
}

/// A sampler of rows in the layout of training data: the coordinates of a table, or points, each followed by
/// its context.
package struct RowSampler: Sendable {
  /// The sampler of the samples without their contexts.
  ///
  /// Without categories: of a model with categories, it does not draw rows of the data.
  package let sampler: Sampler
  /// The context of each row; nil for a model without conditions.
  package let contexts: Matrix<Float>?
  private let categories: Categories?

  /// What drawing rows of categories and numbers takes.
  private struct Categories {
    let model: DiffusionModel
    let variables: TableVariables
    let settings: SamplingSettings
    let steps: Int?
  }

  /// Creates a sampler of `count` rows of `model`, a run of `configuration`; `seed` draws the conditions.
  ///
  /// - Throws: ``SamplingError`` if the model has no such steps, condition or category.
  package init(
    _ model: DiffusionModel, _ configuration: RunConfiguration, count: Int, seed: UInt64,
    _ settings: SamplingSettings
  ) throws(SamplingError) {
    if !settings.guidance.isFinite { throw .guidance(settings.guidance) }
    let steps = settings.steps ?? configuration.model.samplingSteps
    try SamplingError.requireSteps(steps, of: model)
    if let setting = settings.method?.invalidSetting {
      throw .setting(setting.name, value: setting.value, allowed: setting.allowed)
    }
    if model.contextWidth > 0, configuration.table == nil { throw .unknownContexts }
    try SamplingError.requireRoom(for: count, columns: configuration.dataWidth)
    do {
      contexts = try configuration.contexts(count: count, where: settings.conditions, seed: seed)
    } catch {
      throw .conditions(error)
    }
    categories = configuration.variables.map {
      Categories(model: model, variables: $0, settings: settings, steps: steps)
    }
    sampler = Sampler(
      model, settings, steps: steps, contexts: categories == nil ? contexts : nil)
  }

  /// Draws `count` rows, at most the number that the sampler was created for.
  ///
  /// - Parameter progress: Called with the number of finished rows after each tile, on any thread; false
  ///   cancels.
  /// - Throws: `CancellationError` if `progress` has returned false.
  package func sample(
    count: Int, seed: UInt64, threads: Int, engine: Engine = .current,
    progress: @escaping Sampler.Progress = { _ in true }
  ) throws(CancellationError) -> Matrix<Float> {
    if let categories {
      return try sample(
        categories, count: count, seed: seed, threads: threads, engine: engine, progress: progress)
    }
    return rows(
      try sampler.sample(
        count: count, seed: seed, threads: threads, engine: engine, progress: progress))
  }

  /// Draws rows of categories, and then their numbers.
  private func sample(
    _ categories: Categories, count: Int, seed: UInt64, threads: Int, engine: Engine,
    progress: @escaping Sampler.Progress
  ) throws(CancellationError) -> Matrix<Float> {
    let (model, variables) = (categories.model, categories.variables)
    let codes = try CategorySampler(model).fill(
      variables.unknownRows(count: count, contexts: contexts), seed: seed, threads: threads,
      engine: engine
    ) { finished in
      // Only numbers finish a row.
      progress(model.dimension == 0 ? finished : 0)
    }
    var rows = codes
    if model.dimension > 0 {
      let numbers = try Sampler(
        model, categories.settings, steps: categories.steps, contexts: codes
      ).sample(count: count, seed: seed, threads: threads, engine: engine, progress: progress)
      rows = .horizontally([numbers, codes])
    }
    return variables.coordinates(
      rows, random: RandomPurpose.categories.stream(seed: seed, index: 2))
  }

  /// Returns `samples` with their contexts.
  package func rows(_ samples: Matrix<Float>) -> Matrix<Float> {
    guard let contexts else { return samples }
    return .horizontally([samples, contexts.rows(0..<samples.rows)])
  }
}

extension Sampler {
  fileprivate init(
    _ model: DiffusionModel, _ settings: SamplingSettings, steps: Int?, contexts: Matrix<Float>?
  ) {
    self.init(
      model, method: settings.method, steps: steps, contexts: contexts,
      guidance: settings.guidance, spacing: settings.spacing,
      fromMoments: settings.startsFromMoments, box: settings.bounds)
  }
}
