import LangevinPreconditions
import LinearAlgebra

/// The mean and the covariance of points, in `Double`.
struct Moments {
  /// The mean of each column.
  let mean: [Double]
  /// The covariance matrix, row by row, with divisor n − 1.
  let covariance: [Double]

  /// Computes the moments of two or more rows. O(n d²).
  init(_ points: Matrix) {
    require(points.rows > 1, "Moments: \(points.rows) points have no covariance")
    let (rows, columns) = (points.rows, points.columns)
    let elements = points.elements
    var mean = [Double](repeating: 0, count: columns)
    for index in elements.indices { mean[index % columns] += Double(elements[index]) }
    for column in mean.indices { mean[column] /= Double(rows) }
    var covariance = [Double](repeating: 0, count: columns * columns)
    var centered = mean
    for row in 0..<rows {
      for column in 0..<columns {
        centered[column] = Double(elements[row * columns + column]) - mean[column]
      }
      for i in 0..<columns {
        for j in 0...i { covariance[i * columns + j] += centered[i] * centered[j] }
      }
    }
    for i in 0..<columns {
      for j in 0...i {
        covariance[i * columns + j] /= Double(rows - 1)
        covariance[j * columns + i] = covariance[i * columns + j]
      }
    }
    self.mean = mean
    self.covariance = covariance
  }

  /// Returns the variance of column `column`.
  func variance(_ column: Int) -> Double { covariance[column * mean.count + column] }
}
