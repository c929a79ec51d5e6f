public import LinearAlgebra

/// The mean over all elements of the squared difference.
///
///     L = 1/N Σ (prediction - target)²,  ∂L/∂prediction = 2/N (prediction - target)
public enum MeanSquaredError {
  /// L, summed in `Double`; writes ∂L/∂prediction to `gradients`, of the same shape.
  public static func evaluate(
    _ prediction: MatrixHandle, target: MatrixHandle, gradients: MatrixHandle
  ) -> Double {
    precondition(
      prediction.rows == target.rows && prediction.columns == target.columns
        && gradients.rows == target.rows && gradients.columns == target.columns,
      """
      MeanSquaredError: the shapes \(prediction.rows) × \(prediction.columns), \
      \(target.rows) × \(target.columns) and \(gradients.rows) × \(gradients.columns) differ
      """)
    let factor = 2 / Float(target.rows * target.columns)
    var sum = 0.0
    for row in 0..<target.rows {
      for column in 0..<target.columns {
        let difference =
          unsafe prediction.base[row * prediction.stride + column]
          - target.base[row * target.stride + column]
        sum += Double(difference) * Double(difference)
        unsafe gradients.base[row * gradients.stride + column] = factor * difference
      }
    }
    return sum / Double(target.rows * target.columns)
  }

  /// L and ∂L/∂prediction.
  public static func evaluate(_ prediction: Matrix, target: Matrix) -> (loss: Double, Matrix) {
    var gradients = Matrix(rows: target.rows, columns: target.columns)
    let loss = gradients.withMutableHandle { gradients in
      prediction.withHandle { prediction in
        target.withHandle { evaluate(prediction, target: $0, gradients: gradients) }
      }
    }
    return (loss, gradients)
  }
}
