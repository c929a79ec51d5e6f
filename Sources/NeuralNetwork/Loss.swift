import LangevinPreconditions
public import LinearAlgebra

/// A loss of a prediction, summed over the elements of a row.
///
/// The loss of a batch is its weighted mean over all N elements, L = 1/N Σ_r w_r ℓ_r.
public protocol Loss: Sendable {
  /// Returns ℓ of one row, and writes ∂ℓ/∂prediction to `gradient`.
  func evaluate(
    prediction: Span<Float>, target: Span<Float>, gradient: inout MutableSpan<Float>
  ) -> Double
}

/// The squared error: ℓ = Σ_j (prediction - target)², ∂ℓ/∂prediction = 2 (prediction - target).
///
/// The loss of a batch is then the mean squared error.
public struct SquaredError: Loss, Hashable {
  /// Creates the loss.
  public init() {}

  public func evaluate(
    prediction: Span<Float>, target: Span<Float>, gradient: inout MutableSpan<Float>
  ) -> Double {
    var sum = 0.0
    for j in prediction.indices {
      let difference = prediction[j] - target[j]
      sum += Double(difference) * Double(difference)
      gradient[j] = 2 * difference
    }
    return sum
  }
}

extension Loss {
  /// Returns the loss L of a batch, and its gradient ∂L/∂prediction. `weights` has one column, with a weight for
  /// each row; nil is a weight of 1.
  public func mean(
    _ prediction: Matrix, target: Matrix, weights: Matrix? = nil
  ) -> (loss: Double, gradients: Matrix) {
    require(
      prediction.rows == target.rows,
      "Loss: \(prediction.rows) rows for \(target.rows) of the target")
    var gradients = Matrix(rows: target.rows, columns: target.columns)
    let pass = LossPass(self, capacity: target.rows)
    func evaluate(_ weights: MatrixHandle?) -> Double {
      gradients.withMutableHandle { gradients in
        prediction.withHandle { prediction in
          target.withHandle { target in
            pass.loss(target, weights: weights) {
              pass.evaluate(rows: 0..<target.rows, outputs: prediction, gradients: gradients)
            }
          }
        }
      }
    }
    let loss = weights.map { $0.withHandle { evaluate($0) } } ?? evaluate(nil)
    return (loss, gradients)
  }
}

/// The loss of a batch whose rows several threads evaluate.
///
/// Rows are summed in `Double`, one by one, then their sums: the order does not depend on the parts
/// in which the rows are evaluated.
package final class LossPass: @unchecked Sendable {
  private let function: any Loss
  private let capacity: Int
  private let rowSums: NumberBuffer<Double>
  private var target: MatrixHandle?
  private var weights: MatrixHandle?

  /// For batches of up to `capacity` rows.
  package init(_ function: any Loss = SquaredError(), capacity: Int) {
    self.function = function
    self.capacity = capacity
    rowSums = NumberBuffer(count: capacity)
  }

  /// Calls `body`, in which each row of `target` is evaluated once; returns L. `weights` has a row of
  /// one column for each of `target`.
  package func loss(
    _ target: MatrixHandle, weights: MatrixHandle? = nil, _ body: () -> Void
  ) -> Double {
    require(
      target.rows <= capacity,
      "Loss: \(target.rows) rows do not fit a capacity of \(capacity)")
    if let weights {
      require(
        weights.rows == target.rows && weights.columns == 1,
        "Loss: weights of \(weights.rows) × \(weights.columns) do not fit \(target.rows) rows")
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

  /// Writes ∂L/∂outputs of the rows `rows` to `gradients`. `outputs` are those rows.
  package func evaluate(rows: Range<Int>, outputs: MatrixHandle, gradients: MatrixHandle) {
    guard let target else { requirementFailure("Loss: there is no target") }
    require(
      rows.upperBound <= target.rows && outputs.rows == rows.count
        && outputs.columns == target.columns && gradients.rows == rows.count
        && gradients.columns == target.columns,
      """
      Loss: rows \(rows) of \(target.rows) × \(target.columns) do not fit outputs of \
      \(outputs.rows) × \(outputs.columns) and gradients of \(gradients.rows) × \
      \(gradients.columns)
      """)
    let meanFactor = 1 / Float(target.rows * target.columns)
    for row in 0..<rows.count {
      let weight =
        weights.map { unsafe $0.base[(rows.lowerBound + row) * $0.stride] } ?? 1
      let factor = weight * meanFactor
      var gradientRow = MutableMatrixView(gradients.rows(row..<row + 1))
      var gradient = gradientRow.mutableRow(0)
      let loss = function.evaluate(
        prediction: MatrixView(outputs).row(row),
        target: MatrixView(target).row(rows.lowerBound + row), gradient: &gradient)
      for j in gradient.indices { gradient[j] *= factor }
      unsafe rowSums.base[rows.lowerBound + row] = Double(weight) * loss
    }
  }
}
