public import LangevinErrors

/// Why training cannot begin.
public enum TrainingError: DescribedError, Equatable {
  /// There are no rows.
  case noData
  /// The data have this many columns, the model, with its context, another number.
  case wrongDimension(data: Int, model: Int)
  /// A batch is larger than the data, or smaller than 1.
  case invalidBatchSize(Int, rows: Int)
  /// The learning rate is not a positive number.
  case invalidLearningRate(Double)
  /// The norm at which gradients are clipped is not above 0.
  case invalidGradientNorm(Double)
  /// The decay of the average is not from 0 up to 1.
  case invalidEMADecay(Double)
  /// No row can have a level.
  case invalidRowsPerLevel(Int)
  /// The share of rows that lose their context is not from 0 to 1.
  case invalidContextDropout(Double)
  /// The network has neither features of a level nor a schedule of timesteps.
  case noLevels
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
      "a learning rate of \(rate) does not train; choose one above 0, such as 0.001, up to 1000000"
    case .invalidGradientNorm(let norm):
      "gradients cannot be clipped at a norm of \(norm); choose a positive number such as 1, or none"
    case .invalidEMADecay(let decay):
      "an average cannot decay by \(decay); choose a number from 0 up to 1, such as 0.999, or none"
    case .invalidRowsPerLevel(let rows):
      "\(rows) rows cannot share a level of noise; choose a number from 1 on"
    case .invalidContextDropout(let share):
      "contexts cannot be dropped from a share of \(share) of the rows; choose one from 0 to 1, such as 0.1"
    case .noLevels:
      """
      the process is continuous, and the network has no features that tell it the level; give the \
      model features, or a schedule of timesteps
      """
    case .dataNotFinite(let row, let column):
      "row \(row), column \(column) of the data is not a finite number; clean the data first"
    }
  }
}

/// Where a training left the range of `Float`, after which no step leads back.
public struct Divergence: DescribedError, Sendable, Hashable {
  /// The step that was not taken, from 0.
  public let step: Int
  /// The first parameter whose gradient is not finite; nil if only the loss is not, or the norm is too
  /// large for `Float`.
  public let parameter: String?
  /// The loss of that step.
  public let loss: Double

  /// What happened, and what to do.
  public var description: String {
    let culprit = parameter.map { "the gradient of \($0) is not finite" } ?? "the loss is \(loss)"
    return "training diverged at step \(step): \(culprit); choose a smaller learning rate"
  }
}
