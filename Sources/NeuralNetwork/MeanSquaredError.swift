import LangevinPreconditions
public import LinearAlgebra

/// The mean over all elements of the squared difference, rows weighted.
///
///     L = 1/N Σ_r w_r Σ_j (prediction - target)²,  ∂L/∂prediction = 2 w_r/N (prediction - target)
///
/// N is the number of elements, whatever the weights; without weights, w_r = 1.
///
/// Rows are summed in `Double`, one by one, then their sums: the order does not depend on the parts
/// in which the rows are evaluated.
public final class MeanSquaredError: RowLoss, @unchecked Sendable {
  private let capacity: Int
  private let rowSums: NumberBuffer<Double>
  private var target: MatrixHandle?
  private var weights: MatrixHandle?

  /// For batches of up to `capacity` rows.
  public init(capacity: Int) {
    self.capacity = capacity
    rowSums = NumberBuffer(count: capacity)
  }

  /// Calls `body`, in which each row of `target` is evaluated once; returns L. `weights` has a row of
  /// one column for each of `target`.
  public func loss(
    _ target: MatrixHandle, weights: MatrixHandle? = nil, _ body: () -> Void
  ) -> Double {
    require(
      target.rows <= capacity,
      "MeanSquaredError: \(target.rows) rows do not fit a capacity of \(capacity)")
    if let weights {
      require(
        weights.rows == target.rows && weights.columns == 1,
        """
        MeanSquaredError: weights of \(weights.rows) × \(weights.columns) do not fit \
        \(target.rows) rows
        """)
    }
    self.target = target
    self.weights = weights
    body()
    self.target = nil
    self.weights = nil
    var sum = 0.0
    for row in 0..<target.rows { unsafe sum += rowSums.base[row] }
    return sum / Double(target.rows * target.columns)
  }

  public func evaluate(rows: Range<Int>, outputs: MatrixHandle, gradients: MatrixHandle) {
    guard let target else { requirementFailure("MeanSquaredError: there is no target") }
    require(
      rows.upperBound <= target.rows && outputs.rows == rows.count
        && outputs.columns == target.columns && gradients.rows == rows.count
        && gradients.columns == target.columns,
      """
      MeanSquaredError: rows \(rows) of \(target.rows) × \(target.columns) do not fit outputs of \
      \(outputs.rows) × \(outputs.columns) and gradients of \(gradients.rows) × \
      \(gradients.columns)
      """)
    let meanFactor = 2 / Float(target.rows * target.columns)
    for row in 0..<rows.count {
      var sum = 0.0
      let weight = weights.map { unsafe $0.base[(rows.lowerBound + row) * $0.stride] } ?? 1
      let factor = weight * meanFactor
      let wanted = unsafe target.base + (rows.lowerBound + row) * target.stride
      let output = unsafe outputs.base + row * outputs.stride
      let gradient = unsafe gradients.base + row * gradients.stride
      for column in 0..<target.columns {
        let difference = unsafe output[column] - wanted[column]
        sum += Double(difference) * Double(difference)
        unsafe gradient[column] = factor * difference
      }
      unsafe rowSums.base[rows.lowerBound + row] = Double(weight) * sum
    }
  }

  /// L and ∂L/∂prediction. `weights` has one column.
  public static func evaluate(
    _ prediction: Matrix, target: Matrix, weights: Matrix? = nil
  ) -> (loss: Double, Matrix) {
    require(
      prediction.rows == target.rows,
      "MeanSquaredError: \(prediction.rows) rows for \(target.rows) of the target")
    var gradients = Matrix(rows: target.rows, columns: target.columns)
    let error = MeanSquaredError(capacity: target.rows)
    func evaluate(_ weights: MatrixHandle?) -> Double {
      gradients.withMutableHandle { gradients in
        prediction.withHandle { prediction in
          target.withHandle { target in
            error.loss(target, weights: weights) {
              error.evaluate(rows: 0..<target.rows, outputs: prediction, gradients: gradients)
            }
          }
        }
      }
    }
    let loss = weights.map { $0.withHandle { evaluate($0) } } ?? evaluate(nil)
    return (loss, gradients)
  }
}
