/// How a model is trained.
public struct TrainingConfiguration: Sendable, Hashable {
  /// Rows a step; the last batch of an epoch may have fewer.
  public var batchSize: Int
  /// α of Adam.
  public var learningRate: Double
  /// The norm at which gradients are clipped; nil if they are not.
  public var maximumGradientNorm: Double?
  /// Where all random numbers of training come from.
  public var seed: UInt64
  /// How many threads share a step. The results do not depend on it.
  public var threads: Int

  /// By default the original program's settings.
  public init(
    batchSize: Int = 128, learningRate: Double = 1e-3, maximumGradientNorm: Double? = 1,
    seed: UInt64 = 0, threads: Int = 1
  ) {
    self.batchSize = batchSize
    self.learningRate = learningRate
    self.maximumGradientNorm = maximumGradientNorm
    self.seed = seed
    self.threads = threads
  }
}

/// Why training cannot begin.
public enum TrainingError: Error, Equatable, CustomStringConvertible {
  /// There are no rows.
  case noData
  /// The data have this many columns, the model another number.
  case wrongDimension(data: Int, model: Int)
  /// A batch is larger than the data, or smaller than 1.
  case invalidBatchSize(Int, rows: Int)
  /// The learning rate is not a positive number.
  case invalidLearningRate(Double)
  /// The norm at which gradients are clipped is not above 0.
  case invalidGradientNorm(Double)
  /// An element of the data is infinite or NaN.
  case dataNotFinite(row: Int, column: Int)

  /// What was wrong, and what to do.
  public var description: String {
    switch self {
    case .noData: "the data have no rows; give at least one"
    case .wrongDimension(let data, let model):
      "the data have \(data) columns, the model \(model); make them equal"
    case .invalidBatchSize(let size, let rows):
      "a batch of \(size) does not fit \(rows) rows of data; choose from 1 to \(rows)"
    case .invalidLearningRate(let rate):
      "a learning rate of \(rate) does not train; choose a positive number such as 0.001"
    case .invalidGradientNorm(let norm):
      "gradients cannot be clipped at a norm of \(norm); choose a positive number such as 1, or none"
    case .dataNotFinite(let row, let column):
      "row \(row), column \(column) of the data is not a finite number; clean the data first"
    }
  }
}
