public import NeuralNetwork

/// How a model is trained.
public struct TrainingConfiguration: Sendable {
  /// Rows a step; the last batch of an epoch may have fewer.
  public var batchSize: Int
  /// α of Adam, where the schedule's factor is 1.
  public var learningRate: Double
  /// How the learning rate changes.
  public var learningRateSchedule: LearningRateSchedule
  /// The norm at which gradients are clipped; nil if they are not.
  public var maximumGradientNorm: Double?
  /// How much the error counts at each level.
  public var weighting: LossWeighting
  /// The loss of the network's output. The weighting multiplies it.
  public var loss: any Loss
  /// How many rows of a batch share a level of noise, where the network sees features. What it makes of
  /// the level is then computed once for all of them.
  public var rowsPerLevel: Int
  /// The decay of the average of the parameters (`ExponentialMovingAverage`); nil is no average.
  public var emaDecay: Double?
  /// The share of rows whose context the network does not see, so that it also learns p(x) without any;
  /// of a model with contexts alone.
  public var contextDropout: Double
  /// Where all random numbers of training come from.
  public var seed: UInt64
  /// How many threads share a step. The results do not depend on it.
  public var threads: Int

  package static let batchSizes = Bounds<Int>.from(1)
  /// Beyond, one step may leave the range of `Float`, and no later step leads back.
  package static let learningRates = Bounds<Double>.above(0, to: 1e6)
  package static let warmUpSteps = Bounds<Int>.from(0)
  package static let gradientNorms = Bounds<Double>.above(0)
  package static let rowsPerLevel = Bounds<Int>.from(1)
  package static let emaDecays = Bounds<Double>.from(0, below: 1)
  package static let contextDropouts = Bounds<Double>.from(0, to: 1)

  /// Throws unless each setting is within its bounds.
  func validate() throws(TrainingError) {
    func require<Value>(
      _ name: String, _ value: Value?, _ bounds: Bounds<Value>
    ) throws(TrainingError) {
      guard let value, !bounds.contain(value) else { return }
      throw .setting(name, value: Bounds.text(value), allowed: bounds.description)
    }
    try require("learningRate", learningRate, Self.learningRates)
    try require("warmUpSteps", learningRateSchedule.warmUpSteps, Self.warmUpSteps)
    try require("maximumGradientNorm", maximumGradientNorm, Self.gradientNorms)
    try require("emaDecay", emaDecay, Self.emaDecays)
    try require("rowsPerLevel", rowsPerLevel, Self.rowsPerLevel)
    try require("contextDropout", contextDropout, Self.contextDropouts)
  }

  /// By default the original program's settings.
  public init(
    batchSize: Int = 128, learningRate: Double = 1e-3,
    learningRateSchedule: LearningRateSchedule = LearningRateSchedule(),
    maximumGradientNorm: Double? = 1, weighting: LossWeighting = .uniform,
    loss: any Loss = SquaredError(), rowsPerLevel: Int = 1,
    emaDecay: Double? = nil, contextDropout: Double = 0.1, seed: UInt64 = 0, threads: Int = 1
  ) {
    self.batchSize = batchSize
    self.learningRate = learningRate
    self.learningRateSchedule = learningRateSchedule
    self.maximumGradientNorm = maximumGradientNorm
    self.weighting = weighting
    self.loss = loss
    self.rowsPerLevel = rowsPerLevel
    self.emaDecay = emaDecay
    self.contextDropout = contextDropout
    self.seed = seed
    self.threads = threads
  }

  /// The settings for ``DiffusionModel/residual(dimension:contextWidth:width:blocks:activation:frequencies:octaves:process:prediction:moments:isStandardized:seed:)``:
  /// a learning rate of 0.002 that falls to 0 over `steps` steps along a cosine, averaged parameters,
  /// four rows a level.
  public static func best(
    steps: Int, batchSize: Int = 128, seed: UInt64 = 0, threads: Int = 1
  ) -> TrainingConfiguration {
    TrainingConfiguration(
      batchSize: batchSize, learningRate: 2e-3,
      learningRateSchedule: LearningRateSchedule(decay: .cosine(steps: steps)), rowsPerLevel: 4,
      emaDecay: 0.999, seed: seed, threads: threads)
  }
}
