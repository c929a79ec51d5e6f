import LangevinPreconditions
public import LinearAlgebra

extension Sampler {
  /// Creates a sampler of a trained model, along `steps` of its levels.
  ///
  /// By default, a model with timesteps goes through all of them by DDPM, for which it was made. A model
  /// without timesteps takes 40 steps of DPM-Solver++(2M), whose error is less than half of that of Heun's
  /// method with as many evaluations of the denoiser.
  ///
  /// With `fromMoments`, sampling starts from a Gaussian with the moments of the noisiest states
  /// (``Prior/moments(_:)``); the model must have ``DiffusionModel/moments``. `box` is in the space of the
  /// data.
  ///
  /// With `contexts`, row i of the samples is drawn under row i of `contexts`, repeated in order, with
  /// `guidance` (``DiffusionModel/conditioned(on:guidance:)``). Without `contexts`, samples are not conditioned.
  public init(
    _ model: DiffusionModel, method: SamplingMethod? = nil, steps: Int? = nil,
    contexts: Matrix<Float>? = nil, guidance: Double = 1,
    spacing: TimestepSpacing = .trailing, fromMoments: Bool = false, box: DataBox? = nil
  ) {
    let moments = fromMoments ? model.standardizedMoments : nil
    require(
      !fromMoments || moments != nil,
      "Sampler: the model has no moments of its data; set them, or start from the standard prior")
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
  /// The default sampling method of models of this process.
  package var defaultMethod: SamplingMethod { schedule == nil ? .dpmSolver2M : .ddpm() }

  /// The default number of sampling steps.
  package var defaultSteps: Int { schedule?.steps ?? 40 }
}

extension Standardization {
  /// Returns the box of the standardized data.
  func apply(to box: DataBox) -> DataBox {
    func apply(_ values: [Double]) -> [Double] {
      values.indices.map { (values[$0] - mean[$0]) / deviation[$0] }
    }
    return DataBox(minimum: apply(box.minimum), maximum: apply(box.maximum))
  }
}
