public import NeuralNetwork

extension DiffusionModel {
  /// Returns the model of the original program: conditional linear layers of widths `hidden`, and a linear
  /// layer back to `dimension` columns.
  ///
  /// By default the activation is softplus, and the network estimates the noise. Parameters are named
  /// `lin1`, … as in the original. If `schedule` is nil, it is the original's with `steps` timesteps,
  /// ``NoiseSchedule/sigmoid(steps:start:end:range:)``.
  public static func original(
    dimension: Int = 2, hidden: [Int] = [128, 128, 128], steps: Int = 100,
    schedule: NoiseSchedule? = nil, activation: Activation = .softplus,
    prediction: Prediction = .epsilon, seed: UInt64 = 0
  ) -> DiffusionModel {
    let schedule = schedule ?? .sigmoid(steps: steps)
    var layers: [any Layer] = []
    var width = dimension
    for (index, next) in hidden.enumerated() {
      layers.append(
        ConditionalLinear(
          "lin\(index + 1)", inputs: width, outputs: next, conditions: schedule.steps,
          activation: activation))
      width = next
    }
    layers.append(Linear("lin\(hidden.count + 1)", inputs: width, outputs: dimension))
    return DiffusionModel(
      process: .discrete(schedule), prediction: prediction,
      network: Network(layers, inputWidth: dimension) {
        RandomPurpose.initialization.stream(seed: seed, index: $0)
      })
  }

  /// Returns a model that learns a continuous range of levels with a residual network of `blocks` blocks of
  /// `width` units.
  ///
  /// The network sees the level through Fourier features. It sees the states as they are and, with
  /// `octaves` above 0, also through a `PositionalEncoding`. Its remaining inputs are `contextWidth` columns
  /// of context.
  ///
  /// With `categories`, rows have a categorical variable of each of these numbers of categories after the
  /// numbers (``CategorySampler``), and `contextWidth` is not used.
  ///
  /// By default this is the recipe of Karras et al. (2022): ln σ is normal, and the preconditioning is for
  /// data of standard deviation 1. The `moments` of the data are used to standardize it.
  public static func residual(
    dimension: Int, contextWidth: Int = 0, width: Int = 64, blocks: Int = 8,
    activation: Activation = .silu,
    frequencies: Int = 16, octaves: Int = 0,
    process: NoiseProcess = .logNormal(LogNormalNoise()),
    prediction: Prediction = .preconditioned(), moments: DataMoments? = nil,
    isStandardized: Bool = true, categories: [Int] = [], seed: UInt64 = 0
  ) -> DiffusionModel {
    let features = FourierFeatures(count: frequencies)
    // With categories, an input for each number says whether it is hidden.
    let plainColumns = categories.isEmpty ? contextWidth : dimension
    return DiffusionModel(
      process: process, prediction: prediction,
      network: .residual(
        inputWidth: dimension + plainColumns + categories.count,
        outputWidth: dimension + categories.reduce(0, +), width: width, blocks: blocks,
        featureWidth: features.width, activation: activation, octaves: octaves,
        plainColumns: plainColumns, categories: categories
      ) {
        RandomPurpose.initialization.stream(seed: seed, index: $0)
      },
      features: features,
      standardization: isStandardized ? moments.map { Standardization($0) } : nil, moments: moments,
      categories: categories)
  }
}
