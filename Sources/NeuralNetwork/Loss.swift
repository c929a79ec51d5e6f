import LangevinPreconditions
public import LinearAlgebra

/// A loss function of a prediction, summed over the elements of a row.
///
/// The loss of a batch is its weighted mean over all N elements of the targets, L = 1/N Σ_r w_r ℓ_r.
public protocol Loss: Sendable {
  /// Returns the number of columns of a target for predictions of `outputWidth` columns; by default as many.
  func targetWidth(outputWidth: Int) -> Int

  /// Returns the loss ℓ of one row and writes ∂ℓ/∂prediction to `gradient`.
  func evaluate(
    prediction: Span<Float>, target: Span<Float>, gradient: inout MutableSpan<Float>
  ) -> Double
}

extension Loss {
  public func targetWidth(outputWidth: Int) -> Int { outputWidth }
}

/// The squared error: ℓ = Σ_j (prediction - target)², ∂ℓ/∂prediction = 2 (prediction - target).
///
/// The loss of a batch is then the mean squared error.
public struct SquaredError: Loss, Hashable {
  /// Creates the squared error.
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
  /// Returns the loss L of a batch and its gradient ∂L/∂prediction.
  ///
  /// - Parameters:
  ///   - prediction: The predictions, one row per sample.
  ///   - target: The targets, one row per sample, of ``targetWidth(outputWidth:)`` columns.
  ///   - weights: The weight of each row's loss, in one column; nil means a weight of 1 for every row.
  public func mean(
    _ prediction: Matrix<Float>, target: Matrix<Float>, weights: Matrix<Float>? = nil
  ) -> (loss: Double, gradients: Matrix<Float>) {
    require(
      prediction.rows == target.rows,
      "Loss: a prediction of \(prediction.rows) rows does not fit a target of \(target.rows) rows")
    var gradients = Matrix<Float>(rows: target.rows, columns: prediction.columns)
    let pass = LossPass(self, capacity: target.rows)
    func evaluate(_ weights: MatrixHandle<Float>?) -> Double {
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
/// Each row is summed in `Double`, then the sums of the rows in ascending order. The order does not depend
/// on how threads share the rows.
package final class LossPass: @unchecked Sendable {
  private let function: any Loss
  private let capacity: Int
  private let rowSums: NumberBuffer<Double>
  private var target: MatrixHandle<Float>?
  private var weights: MatrixHandle<Float>?

  /// Creates a pass of `function` for batches of up to `capacity` rows.
  package init(_ function: any Loss = SquaredError(), capacity: Int) {
    self.function = function
    self.capacity = capacity
    rowSums = NumberBuffer(count: capacity)
  }

  /// Calls `body`, which must evaluate each row of `target` once, and returns the loss L of the batch.
  ///
  /// `weights` has as many rows as `target`, and one column.
  package func loss(
    _ target: MatrixHandle<Float>, weights: MatrixHandle<Float>? = nil, _ body: () -> Void
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

  /// Writes ∂L/∂outputs of the rows `rows` to `gradients`.
  ///
  /// `outputs` and `gradients` hold those rows only.
  package func evaluate(
    rows: Range<Int>, outputs: MatrixHandle<Float>, gradients: MatrixHandle<Float>
  ) {
    guard let target else { requirementFailure("Loss: evaluate called outside loss(_:weights:_:)") }
    require(
      rows.upperBound <= target.rows && outputs.rows == rows.count
        && function.targetWidth(outputWidth: outputs.columns) == target.columns
        && gradients.rows == rows.count && gradients.columns == outputs.columns,
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
      var gradientRow = MutableMatrixView<Float>(gradients.rows(row..<row + 1))
      var gradient = gradientRow.mutableRow(0)
      let loss = function.evaluate(
        prediction: MatrixView<Float>(outputs).row(row),
        target: MatrixView<Float>(target).row(rows.lowerBound + row), gradient: &gradient)
      for j in gradient.indices { gradient[j] *= factor }
      unsafe rowSums.base[rows.lowerBound + row] = Double(weight) * loss
    }
  }
}
