public import NeuralNetwork

extension DiffusionModel {
  /// The original program's model: conditional linear layers with softplus of widths `hidden`, and a
  /// linear layer back to `dimension` columns, which estimate the noise. Parameters are named `lin1` …
  /// as there. The schedule is the original's, ``NoiseSchedule/sigmoid(steps:start:end:range:)``, unless
  /// another is given.
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

  /// A model that learns a continuous range of levels: a residual network of `blocks` blocks of `width`
  /// units, which sees the level through Fourier features, and the states as they are and, with `octaves`,
  /// through a `PositionalEncoding`. It sees `contextWidth` columns of context besides.
  ///
  /// By default the recipe of Karras et al. (2022): ln σ normal, and preconditioning for data of
  /// standard deviation 1, to which `moments`, those of the data, standardise them.
  public static func residual(
    dimension: Int, contextWidth: Int = 0, width: Int = 64, blocks: Int = 8,
    activation: Activation = .silu,
    frequencies: Int = 16, octaves: Int = 0,
    process: NoiseProcess = .logNormal(LogNormalNoise()),
    prediction: Prediction = .preconditioned(), moments: DataMoments? = nil,
    isStandardized: Bool = true, seed: UInt64 = 0
  ) -> DiffusionModel {
    let features = FourierFeatures(count: frequencies)
    return DiffusionModel(
      process: process, prediction: prediction,
      network: .residual(
        inputWidth: dimension + contextWidth, outputWidth: dimension, width: width, blocks: blocks,
        featureWidth: features.width, activation: activation, octaves: octaves,
        plainColumns: contextWidth
      ) {
        RandomPurpose.initialization.stream(seed: seed, index: $0)
      },
      features: features,
      standardization: isStandardized ? moments.map { Standardization($0) } : nil, moments: moments)
  }
}
