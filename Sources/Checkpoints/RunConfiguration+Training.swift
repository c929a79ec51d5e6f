package import Diffusion

extension RunConfiguration {
  /// The settings of training.
  public struct Training: Codable, Sendable, Hashable {
    /// The number of rows per step.
    public var batchSize: Int
    /// The peak learning rate of Adam.
    public var learningRate: Double
    /// The number of steps over which the learning rate rises from 0.
    public var warmUpSteps: Int
    /// The decay of the learning rate until the last epoch.
    public var decay: Decay
    /// The norm to which gradients with a larger norm are clipped; nil disables clipping.
    public var maximumGradientNorm: Double?
    /// The weight of the loss at each noise level.
    public var weighting: Weighting
    /// The number of rows of a batch that share a noise level.
    public var rowsPerLevel: Int
    /// The decay of the exponential moving average (EMA) of the parameters; nil disables the EMA.
    public var emaDecay: Double?
    /// The share of rows that are trained on without their conditions; 0 if there are no conditions.
    public var contextDropout: Double
    /// The seed of the initial parameters, the batches and the noise.
    public var seed: UInt64
    /// The total number of passes over the data.
    public var epochs: Int

    /// Creates settings, by default those of the original program.
    public init(
      batchSize: Int = 128, learningRate: Double = 1e-3, warmUpSteps: Int = 0, decay: Decay = .none,
      maximumGradientNorm: Double? = 1, weighting: Weighting = .uniform, rowsPerLevel: Int = 1,
      emaDecay: Double? = nil, contextDropout: Double = 0, seed: UInt64 = 0, epochs: Int = 1000
    ) {
      self.batchSize = batchSize
      self.learningRate = learningRate
      self.warmUpSteps = warmUpSteps
      self.decay = decay
      self.maximumGradientNorm = maximumGradientNorm
      self.weighting = weighting
      self.rowsPerLevel = rowsPerLevel
      self.emaDecay = emaDecay
      self.contextDropout = contextDropout
      self.seed = seed
      self.epochs = epochs
    }
  }

  /// The decay of the learning rate.
  public enum Decay: String, Codable, Sendable, Hashable, CaseIterable {
    /// The rate stays at its peak.
    case none
    /// The rate falls to 0 at the last epoch, along half a cosine.
    case cosine
  }

  /// The name of the weight of the loss at each noise level (`LossWeighting`).
  public enum Weighting: String, Codable, Sendable, Hashable, CaseIterable {
    /// The weight 1.
    case uniform
    /// The signal-to-noise ratio, clipped at 5 (Hang et al. 2023).
    case minimumSNR = "min-snr"
    /// The weight of EDM (Karras et al. 2022).
    case edm

    var weighting: LossWeighting {
      switch self {
      case .uniform: .uniform
      case .minimumSNR: .minimumSNR()
      case .edm: .edm()
      }
    }
  }

  /// Returns the settings with which `Training` trains on `threads` threads.
  package func trainingConfiguration(threads: Int) -> TrainingConfiguration {
    TrainingConfiguration(
      batchSize: training.batchSize, learningRate: training.learningRate,
      warmUpSteps: training.warmUpSteps,
      cosineDecaySteps: training.decay == .cosine ? training.epochs * stepsPerEpoch : nil,
      maximumGradientNorm: training.maximumGradientNorm, weighting: training.weighting.weighting,
      rowsPerLevel: training.rowsPerLevel, emaDecay: training.emaDecay,
      contextDropout: training.contextDropout, seed: training.seed, threads: threads)
  }
}

extension Setting {
  /// The settings of training, in the order of the help.
  package static let training: [Setting] = [
    .number(
      "training.epochs", \.training.epochs, in: .from(1, to: 1 << 40),
      options: ["epochs"], value: "N",
      help: """
        Passes over the data (default: 1000; for best, enough for four million rows, but at most 1000 for a \
        table and 300 for images)
        """, hasDefault: false),
    .number(
      "training.batchSize", \.training.batchSize, in: TrainingConfiguration.batchSizes,
      options: ["batch-size", "batch"], value: "N", help: "Rows per step"),
    .number(
      "training.learningRate", \.training.learningRate, in: TrainingConfiguration.learningRates,
      options: ["learning-rate", "lr"], value: "L", help: "Learning rate of Adam"),
    .number(
      "training.warmUpSteps", \.training.warmUpSteps, in: TrainingConfiguration.warmUpSteps,
      options: ["warm-up"], value: "N", help: "Learning-rate warm-up, in steps"),
    .choice(
      "training.decay", \.training.decay, options: ["decay"],
      help: "Decay of the learning rate until the last epoch"),
    .number(
      "training.maximumGradientNorm", \.training.maximumGradientNorm, none: 0,
      in: TrainingConfiguration.gradientNorms, options: ["max-grad-norm"], value: "X",
      help: "Norm to which larger gradients are clipped; 0 disables clipping"),
    .choice(
      "training.weighting", \.training.weighting, options: ["weighting"],
      help: "Weight of the loss at each noise level; min-snr uses gamma 5"),
    .number(
      "training.rowsPerLevel", \.training.rowsPerLevel, in: TrainingConfiguration.rowsPerLevel,
      options: ["rows-per-level"], value: "N",
      help: "Rows of a batch that share a noise level, in a residual network"),
    .number(
      "training.emaDecay", \.training.emaDecay, none: 0, in: TrainingConfiguration.emaDecays,
      options: ["ema-decay"], value: "D",
      help: "Decay of the EMA of the parameters, which is used for sampling; 0 disables the EMA"),
    .number(
      "training.contextDropout", \.training.contextDropout,
      in: TrainingConfiguration.contextDropouts, options: ["condition-dropout"], value: "SHARE",
      help:
        "Share of rows trained on without their conditions, for sample --guidance (default: 0.1)",
      unless: { $0.model.contextWidth == 0 ? .noConditions : nil }),
    .number(
      "dataset.heldOut", \.dataset.heldOut, in: .from(0, below: 1), options: ["held-out"],
      value: "SHARE", help: "Share of rows held out of training, for the held-out loss"),
  ]
}
