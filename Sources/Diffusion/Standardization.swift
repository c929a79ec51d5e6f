import LangevinPreconditions
public import LinearAlgebra

/// A map of each column to mean 0 and standard deviation 1, and its inverse:
///
///     z = (x - mean)/deviation,  x = mean + deviation z
///
/// A constant column gets the deviation 1, so it becomes zero.
public struct Standardization: Sendable, Hashable, Codable {
  /// The mean of each column.
  public let mean: [Double]
  /// The standard deviation of each column.
  public let deviation: [Double]

  /// Creates a standardization from means and deviations. Deviations must be above 0.
  public init(mean: [Double], deviation: [Double]) {
    require(
      mean.count == deviation.count && deviation.allSatisfy { $0 > 0 },
      "Standardization: \(mean.count) means need as many deviations (\(deviation.count)), all above 0"
    )
    self.mean = mean
    self.deviation = deviation
  }

  /// Creates the standardization of data with `moments`.
  public init(_ moments: DataMoments) {
    self.init(
      mean: moments.mean,
      deviation: zip(moments.mean, moments.variance).map { mean, variance in
        // A deviation below this bound comes from rounding in a constant column.
        let deviation = variance.squareRoot()
        return deviation > 1e-7 * abs(mean) ? deviation : 1
      })
  }

  /// The log-determinant ln |det ∂z/∂x| = -Σ ln deviation. Added to a log-density of z, it gives that of x.
  package var logDeterminant: Double { -deviation.reduce(0) { $0 + logarithm($1) } }

  /// Returns z of each row x of `data`.
  public func apply(to data: Matrix<Float>) -> Matrix<Float> {
    check(data)
    return Matrix<Float>(rows: data.rows, columns: data.columns) { row, column in
      Float((Double(data[row, column]) - mean[column]) / deviation[column])
    }
  }

  /// Returns x of each row z of `data`.
  public func invert(_ data: Matrix<Float>) -> Matrix<Float> {
    check(data)
    return Matrix<Float>(rows: data.rows, columns: data.columns) { row, column in
      Float(mean[column] + deviation[column] * Double(data[row, column]))
    }
  }

  private func check(_ data: Matrix<Float>) {
    require(
      data.columns == mean.count,
      "Standardization: data of \(data.columns) columns for a standardization of \(mean.count)")
  }
}
