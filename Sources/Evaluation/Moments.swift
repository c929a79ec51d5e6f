import LangevinPreconditions
import LinearAlgebra

/// The mean and the covariance of points, in `Double`.
struct Moments {
  /// The mean of each column, as one row.
  let mean: Matrix<Double>
  /// The covariance matrix, with divisor n − 1.
  let covariance: Matrix<Double>

  /// The rows that are converted to `Double` at a time, which bounds the memory.
  private static let blockRows = 4096

  /// Computes the moments of two or more rows. O(n d²).
  init(_ points: Matrix<Float>) {
    require(points.rows > 1, "Moments: \(points.rows) points have no covariance")
    let (rows, columns) = (points.rows, points.columns)
    var sums = Matrix<Double>(rows: 1, columns: columns)
    Self.forEachBlock(of: points) { sums += $0.columnSums }
    let mean = sums / Double(rows)
    var covariance = Matrix<Double>(rows: columns, columns: columns)
    Self.forEachBlock(of: points) { block in
      let centered = block - .eachRow(mean)
      covariance.formProduct(
        centered, centered, transposeA: true, alpha: 1 / Double(rows - 1), beta: 1)
    }
    self.mean = mean
    self.covariance = covariance
  }

  /// The variance of each column.
  var variances: [Double] { covariance.diagonal }

  private static func forEachBlock(of points: Matrix<Float>, _ body: (Matrix<Double>) -> Void) {
    for start in stride(from: 0, to: points.rows, by: blockRows) {
      body(Matrix(converting: points.view.rows(start..<min(start + blockRows, points.rows))))
    }
  }
}
