public import LinearAlgebra

/// The mean over all elements of the squared difference.
///
///     L = 1/N Σ (prediction - target)²,  ∂L/∂prediction = 2/N (prediction - target)
///
/// Rows are summed in `Double`, one by one, then their sums: the order does not depend on the parts
/// in which the rows are evaluated.
public final class MeanSquaredError: RowLoss, @unchecked Sendable {
  private let capacity: Int
  private let rowSums: NumberBuffer<Double>
  private var target: MatrixHandle?

  /// For batches of up to `capacity` rows.
  public init(capacity: Int) {
    self.capacity = capacity
    rowSums = NumberBuffer(count: capacity)
  }

  /// Calls `body`, in which each row of `target` is evaluated once; returns L.
  public func loss(_ target: MatrixHandle, _ body: () -> Void) -> Double {
    precondition(
      target.rows <= capacity,
      "MeanSquaredError: \(target.rows) rows do not fit a capacity of \(capacity)")
    self.target = target
    body()
    self.target = nil
    var sum = 0.0
    for row in 0..<target.rows { unsafe sum += rowSums.base[row] }
    return sum / Double(target.rows * target.columns)
  }

  public func evaluate(rows: Range<Int>, outputs: MatrixHandle, gradients: MatrixHandle) {
    guard let target else { preconditionFailure("MeanSquaredError: there is no target") }
    precondition(
      rows.upperBound <= target.rows && outputs.rows == rows.count
        && outputs.columns == target.columns && gradients.rows == rows.count
        && gradients.columns == target.columns,
      """
      MeanSquaredError: rows \(rows) of \(target.rows) × \(target.columns) do not fit outputs of \
      \(outputs.rows) × \(outputs.columns) and gradients of \(gradients.rows) × \
      \(gradients.columns)
      """)
    let factor = 2 / Float(target.rows * target.columns)
    for row in 0..<rows.count {
      var sum = 0.0
      let wanted = unsafe target.base + (rows.lowerBound + row) * target.stride
      let output = unsafe outputs.base + row * outputs.stride
      let gradient = unsafe gradients.base + row * gradients.stride
      for column in 0..<target.columns {
        let difference = unsafe output[column] - wanted[column]
        sum += Double(difference) * Double(difference)
        unsafe gradient[column] = factor * difference
      }
      unsafe rowSums.base[rows.lowerBound + row] = sum
    }
  }

  /// L and ∂L/∂prediction.
  public static func evaluate(_ prediction: Matrix, target: Matrix) -> (loss: Double, Matrix) {
    precondition(
      prediction.rows == target.rows,
      "MeanSquaredError: \(prediction.rows) rows for \(target.rows) of the target")
    var gradients = Matrix(rows: target.rows, columns: target.columns)
    let error = MeanSquaredError(capacity: target.rows)
    let loss = gradients.withMutableHandle { gradients in
      prediction.withHandle { prediction in
        target.withHandle { target in
          error.loss(target) {
            error.evaluate(rows: 0..<target.rows, outputs: prediction, gradients: gradients)
          }
        }
      }
    }
    return (loss, gradients)
  }
}
