import LangevinPreconditions
public import LinearAlgebra

extension Sampler {
  /// A sampler of a trained model, along `steps` of its levels.
  ///
  /// Unless told otherwise, a model with timesteps goes through all of them by DDPM, as it was made
  /// for, and one without takes 40 steps of DPM-Solver++(2M): with as many denoisings, its error is less
  /// than half of that of Heun's method. `fromMoments`
  /// starts from a Gaussian with the moments of the noisiest states (``Prior/moments(_:)``), which the
  /// model must know. `box` is in the space of the data.
  ///
  /// With `contexts`, row i of the samples is drawn under row i of these, in turn, with `guidance`
  /// (``GuidedDenoiser``); without, as if nothing were known.
  public init(
    _ model: DiffusionModel, method: SamplingMethod? = nil, steps: Int? = nil,
    contexts: Matrix? = nil, guidance: Double = 1,
    spacing: TimestepSpacing = .trailing, fromMoments: Bool = false, box: DataBox? = nil
  ) {
    let moments = fromMoments ? model.standardizedMoments : nil
    require(
      !fromMoments || moments != nil,
      "Sampler: the model does not know the moments of its data; set them, or start from the standard"
    )
    let steps = steps ?? model.process.defaultSteps
    let denoiser: any Denoiser =
      contexts.map { GuidedDenoiser(model, contexts: $0, guidance: guidance) } ?? model
    self.init(
      denoiser, levels: model.process.levels(steps: steps, spacing: spacing),
      method: method ?? model.process.defaultMethod,
      prior: moments.map { .moments($0) } ?? .standard,
      box: box.map { model.standardization?.apply(to: $0) ?? $0 },
      standardization: model.standardization)
  }
}

extension NoiseProcess {
  /// How models of this process are sampled unless told otherwise.
  package var defaultMethod: SamplingMethod { schedule == nil ? .dpmSolver2M : .ddpm() }

  /// In how many steps.
  package var defaultSteps: Int { schedule?.steps ?? 40 }
}

extension Standardization {
  /// The box of standardized data.
  func apply(to box: DataBox) -> DataBox {
    func apply(_ values: [Double]) -> [Double] {
      values.indices.map { (values[$0] - mean[$0]) / deviation[$0] }
    }
    return DataBox(minimum: apply(box.minimum), maximum: apply(box.maximum))
  }
}
