package import Diffusion

extension RunConfiguration {
  /// The settings of training.
  public struct Training: Codable, Sendable, Hashable {
    /// The number of rows in a step.
    public var batchSize: Int
    /// The learning rate of Adam, at its peak.
    public var learningRate: Double
    /// The number of steps over which the learning rate rises from 0.
    public var warmUpSteps: Int
    /// The fall of the learning rate until the last epoch.
    public var decay: Decay
    /// The largest norm of a gradient, to which longer ones are clipped; nil disables clipping.
    public var maximumGradientNorm: Double?
    /// The weight of the loss at each noise level.
    public var weighting: Weighting
    /// The number of rows in a batch that share a noise level.
    public var rowsPerLevel: Int
    /// The decay of the exponential moving average of the parameters; nil keeps no average.
    public var emaDecay: Double?
    /// The share of rows that are trained on without their conditions; 0 if there are no conditions.
    public var contextDropout: Double
    /// The seed of the initial parameters, the batches and the noise.
    public var seed: UInt64
    /// The total number of passes over the data.
    public var epochs: Int

    /// Creates settings. By default those of the original program.
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

  /// The fall of the learning rate (`LearningRateSchedule.Decay`).
  public enum Decay: String, Codable, Sendable, Hashable, CaseIterable {
    /// The rate stays at its peak.
    case none
    /// The rate falls to 0 at the last epoch, along half a cosine.
    case cosine
  }

  /// The weight of the loss at each noise level (`LossWeighting`), by name.
  public enum Weighting: String, Codable, Sendable, Hashable, CaseIterable {
    /// The weight 1.
    case uniform
    /// The signal-to-noise ratio, at most 5 (Hang et al. 2023).
    case minimumSNR = "min-snr"
    /// The weight of Karras et al. (2022).
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
      learningRateSchedule: LearningRateSchedule(
        warmUpSteps: training.warmUpSteps,
        decay: training.decay == .cosine
          ? .cosine(steps: training.epochs * stepsPerEpoch) : .none),
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
        Passes over the data (default: 1000, but best sees four million rows, and a row of a table at most \
        1000 times)
        """, hasDefault: false),
    .number(
      "training.batchSize", \.training.batchSize, in: TrainingConfiguration.batchSizes,
      options: ["batch-size", "batch"], value: "N", help: "Rows in a step"),
    .number(
      "training.learningRate", \.training.learningRate, in: TrainingConfiguration.learningRates,
      options: ["learning-rate", "lr"], value: "L", help: "Learning rate of Adam"),
    .number(
      "training.warmUpSteps", \.training.warmUpSteps, in: TrainingConfiguration.warmUpSteps,
      options: ["warm-up"], value: "N", help: "Learning-rate warm-up, in steps"),
    .choice(
      "training.decay", \.training.decay, options: ["decay"],
      help: "Learning-rate decay until the last epoch"),
    .number(
      "training.maximumGradientNorm", \.training.maximumGradientNorm, none: 0,
      in: TrainingConfiguration.gradientNorms, options: ["max-grad-norm"], value: "X",
      help: "Norm to which longer gradients are clipped; 0 disables clipping"),
    .choice(
      "training.weighting", \.training.weighting, options: ["weighting"],
      help: "Weight of the loss at each noise level; min-snr has gamma 5"),
    .number(
      "training.rowsPerLevel", \.training.rowsPerLevel, in: TrainingConfiguration.rowsPerLevel,
      options: ["rows-per-level"], value: "N",
      help: "Rows of a batch that share a noise level, in a residual network"),
    .number(
      "training.emaDecay", \.training.emaDecay, none: 0, in: TrainingConfiguration.emaDecays,
      options: ["ema-decay"], value: "D",
      help: "Decay of the EMA of the parameters, which samples come from; 0 keeps no EMA"),
    .number(
      "training.contextDropout", \.training.contextDropout,
      in: TrainingConfiguration.contextDropouts, options: ["condition-dropout"], value: "SHARE",
      help:
        "Share of rows trained on without their conditions, for --guidance; 0.1 with conditions",
      unless: {
        $0.model.contextWidth == 0 ? "there are no conditions; name one with --condition" : nil
      }
    ),
    .number(
      "dataset.heldOut", \.dataset.heldOut, in: .from(0, below: 1), options: ["held-out"],
      value: "SHARE", help: "Share of rows kept out of training, to measure the loss on"),
  ]
}
