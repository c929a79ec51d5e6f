import LangevinPreconditions
public import LinearAlgebra

/// Mean 0 and standard deviation 1 for each column, and the way back:
///
///     z = (x - mean)/deviation,  x = mean + deviation z
///
/// A column that is constant has the deviation 1, and so becomes zero.
public struct Standardization: Sendable, Hashable, Codable {
  /// The mean of each column.
  public let mean: [Double]
  /// The standard deviation of each column.
  public let deviation: [Double]

  /// By these means and deviations, which are above 0.
  public init(mean: [Double], deviation: [Double]) {
    require(
      mean.count == deviation.count && deviation.allSatisfy { $0 > 0 },
      "Standardization: \(mean.count) means and \(deviation.count) deviations, which must be above 0"
    )
    self.mean = mean
    self.deviation = deviation
  }

  /// That of data with these moments.
  public init(_ moments: DataMoments) {
    self.init(
      mean: moments.mean,
      deviation: zip(moments.mean, moments.variance).map { mean, variance in
        // What rounding leaves of a constant column is no deviation.
        let deviation = variance.squareRoot()
        return deviation > 1e-7 * abs(mean) ? deviation : 1
      })
  }

  /// ln |det ∂z/∂x| = -Σ ln deviation: what it adds to a log-density of z to make it one of x.
  package var logDeterminant: Double { -deviation.reduce(0) { $0 + logarithm($1) } }

  /// z of each row.
  public func apply(to data: Matrix) -> Matrix {
    check(data)
    return Matrix(rows: data.rows, columns: data.columns) { row, column in
      Float((Double(data[row, column]) - mean[column]) / deviation[column])
    }
  }

  /// x of each row.
  public func invert(_ data: Matrix) -> Matrix {
    check(data)
    return Matrix(rows: data.rows, columns: data.columns) { row, column in
      Float(mean[column] + deviation[column] * Double(data[row, column]))
    }
  }

  private func check(_ data: Matrix) {
    require(
      data.columns == mean.count,
      "Standardization: data of \(data.columns) columns, it is of \(mean.count)")
  }
}
