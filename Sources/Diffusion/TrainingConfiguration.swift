import LangevinThreading
public import NeuralNetwork

/// The settings of a training.
public struct TrainingConfiguration: Sendable {
  /// The number of rows per step. The last batch of an epoch may have fewer.
  public var batchSize: Int
  /// The peak α of Adam's learning rate.
  ///
  /// At step n, counted from 0, with w steps of warm-up and N steps of decay, the rate is
  ///
  ///     α min(1, (n + 1)/w) ½ (1 + cos(π n/N))
  public var learningRate: Double
  /// The number w of warm-up steps, over which the learning rate rises linearly.
  public var warmUpSteps: Int
  /// The number N of steps over which the learning rate falls to 0 along half a cosine (Loshchilov & Hutter
  /// 2017, arXiv 1608.03983); nil for no decay.
  public var cosineDecaySteps: Int?
  /// The norm at which gradients are clipped; nil for no clipping.
  public var maximumGradientNorm: Double?
  /// The weight of the error at each level.
  public var weighting: LossWeighting
  /// The loss of the network's output. The weighting multiplies it. A model with categories always has a
  /// `MixedLoss`.
  public var loss: any Loss
  /// The number of rows of a batch that share a noise level, if the network sees features.
  ///
  /// The network then computes what depends on the level alone once for all of these rows.
  public var rowsPerLevel: Int
  /// The decay of the EMA of the parameters (`ExponentialMovingAverage`); nil for no EMA.
  public var emaDecay: Double?
  /// The share of rows whose context the network does not see, so that it also learns p(x) without a context.
  ///
  /// It has no effect on models without contexts.
  public var contextDropout: Double
  /// The seed of all random numbers of training.
  public var seed: UInt64
  /// The number of threads that share a step. The results do not depend on it.
  public var threads: Int

  package static let batchSizes = Bounds<Int>.from(1)
  /// The bounds of the learning rate. Above them, one step may leave the range of `Float`, and training
  /// ends.
  package static let learningRates = Bounds<Double>.above(0, to: 1e6)
  package static let warmUpSteps = Bounds<Int>.from(0)
  package static let cosineDecaySteps = Bounds<Int>.from(1)
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
    try require("warmUpSteps", warmUpSteps, Self.warmUpSteps)
    try require("cosineDecaySteps", cosineDecaySteps, Self.cosineDecaySteps)
    try require("maximumGradientNorm", maximumGradientNorm, Self.gradientNorms)
    try require("emaDecay", emaDecay, Self.emaDecays)
    try require("rowsPerLevel", rowsPerLevel, Self.rowsPerLevel)
    try require("contextDropout", contextDropout, Self.contextDropouts)
    try require(
      "threads", threads,
      .from(ThreadPool.choices.lowerBound, to: ThreadPool.choices.upperBound))
  }

  /// Creates settings. The defaults are those of the original program.
  public init(
    batchSize: Int = 128, learningRate: Double = 1e-3, warmUpSteps: Int = 0,
    cosineDecaySteps: Int? = nil,
    maximumGradientNorm: Double? = 1, weighting: LossWeighting = .uniform,
    loss: any Loss = SquaredError(), rowsPerLevel: Int = 1,
    emaDecay: Double? = nil, contextDropout: Double = 0.1, seed: UInt64 = 0, threads: Int = 1
  ) {
    self.batchSize = batchSize
    self.learningRate = learningRate
    self.warmUpSteps = warmUpSteps
    self.cosineDecaySteps = cosineDecaySteps
    self.maximumGradientNorm = maximumGradientNorm
    self.weighting = weighting
    self.loss = loss
    self.rowsPerLevel = rowsPerLevel
    self.emaDecay = emaDecay
    self.contextDropout = contextDropout
    self.seed = seed
    self.threads = threads
  }

  /// Returns the settings for ``DiffusionModel/residual(dimension:contextWidth:width:blocks:activation:frequencies:octaves:process:prediction:moments:isStandardized:categories:seed:)``.
  ///
  /// The learning rate is 0.002 and falls to 0 over `steps` steps along a cosine, an EMA of the parameters is
  /// kept, and four rows share a level.
  public static func best(
    steps: Int, batchSize: Int = 128, seed: UInt64 = 0, threads: Int = 1
  ) -> TrainingConfiguration {
    TrainingConfiguration(
      batchSize: batchSize, learningRate: 2e-3, cosineDecaySteps: steps, rowsPerLevel: 4,
      emaDecay: 0.999, seed: seed, threads: threads)
  }
}
