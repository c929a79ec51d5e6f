public import LangevinErrors

/// The reason why training cannot begin.
public enum TrainingError: DescribedError, Equatable {
  /// The data have no rows.
  case noData
  /// The data and the model, with its context, have different numbers of columns.
  case wrongDimension(data: Int, model: Int)
  /// A batch is larger than the data, or smaller than 1.
  case invalidBatchSize(Int, rows: Int)
  /// A setting of ``TrainingConfiguration`` is out of its bounds.
  case setting(String, value: String, allowed: String)
  /// The network has neither features of a level nor a schedule of timesteps.
  case noLevels
  /// An element of the data is infinite or NaN.
  case dataNotFinite(row: Int, column: Int)
  /// An element of the data is not the code of a category: a whole number from 0 to `count` - 1.
  case noCategory(row: Int, column: Int, count: Int)

  /// The problem and its remedy, in one line.
  public var description: String {
    switch self {
    case .noData: "the data have no rows; give at least one"
    case .wrongDimension(let data, let model):
      "the data have \(data) columns, the model \(model); make them equal"
    case .invalidBatchSize(let size, let rows):
      "invalid batch size \(size) for \(rows) rows of data; choose from 1 to \(rows)"
    case .setting(let name, let value, let allowed):
      "\(name) is \(value); choose a number \(allowed)"
    case .noLevels:
      """
      the process is continuous, but the network has no features of the noise level; give the \
      model features, or a schedule of timesteps
      """
    case .dataNotFinite(let row, let column):
      "row \(row), column \(column) of the data is not a finite number; clean the data first"
    case .noCategory(let row, let column, let count):
      """
      row \(row), column \(column) of the data is not the code of a category; give a whole number from 0 to \
      \(count - 1)
      """
    }
  }
}

/// The step at which training left the range of `Float`. The state is that before it.
public struct Divergence: DescribedError, Sendable, Hashable {
  /// The step that was not taken, counted from 0.
  public let step: Int
  /// The first parameter whose gradient is not finite; nil if only the loss is not, or the norm is too
  /// large for `Float`.
  public let parameter: String?
  /// The loss of that step.
  public let loss: Double

  /// The problem and its remedy, in one line.
  public var description: String {
    let culprit = parameter.map { "the gradient of \($0) is not finite" } ?? "the loss is \(loss)"
    return "training diverged at step \(step): \(culprit); choose a smaller learning rate"
  }
}
