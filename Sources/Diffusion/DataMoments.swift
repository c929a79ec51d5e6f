import LangevinPreconditions
public import LinearAlgebra

/// The mean and covariance of data, in `Double`. A noise schedule must add enough noise to hide both.
public struct DataMoments: Sendable, Hashable, Codable {
  /// The mean of each column.
  public let mean: [Double]
  /// The variance of each column, with divisor n.
  public let variance: [Double]
  /// The covariances of all columns, row by row; nil with more than 64 columns.
  public let covariance: [Double]?

  /// The largest number of columns for which covariances are kept.
  package static let covarianceLimit = 64

  /// Creates moments from their values. `covariance` has d² elements for d columns.
  public init(mean: [Double], variance: [Double], covariance: [Double]? = nil) {
    require(
      variance.count == mean.count
        && (covariance.map { $0.count == mean.count * mean.count } ?? true),
      "DataMoments: \(variance.count) variances and \(covariance?.count ?? 0) covariances for \(mean.count) columns"
    )
    self.mean = mean
    self.variance = variance
    self.covariance = covariance
  }

  /// Computes the moments of the rows of `data`. They are NaN if `data` has no rows.
  public init(_ data: Matrix<Float>) {
    let (rows, columns) = (data.rows, data.columns)
    let elements = data.elements
    var mean = [Double](repeating: 0, count: columns)
    for row in 0..<rows {
      for column in 0..<columns { mean[column] += Double(elements[row * columns + column]) }
    }
    for column in 0..<columns { mean[column] /= Double(rows) }
    var variance = [Double](repeating: 0, count: columns)
    var covariance = [Double](
      repeating: 0, count: columns <= Self.covarianceLimit ? columns * columns : 0)
    var centered = mean
    for row in 0..<rows {
      for column in 0..<columns {
        centered[column] = Double(elements[row * columns + column]) - mean[column]
        variance[column] += centered[column] * centered[column]
      }
      if covariance.isEmpty { continue }
      for i in 0..<columns {
        for j in 0...i { covariance[i * columns + j] += centered[i] * centered[j] }
      }
    }
    for column in 0..<columns { variance[column] /= Double(rows) }
    if !covariance.isEmpty {
      for i in 0..<columns {
        for j in 0...i {
          covariance[i * columns + j] /= Double(rows)
          covariance[j * columns + i] = covariance[i * columns + j]
        }
      }
    }
    self.init(
      mean: mean, variance: variance, covariance: covariance.isEmpty ? nil : covariance)
  }

  /// The number of columns.
  public var dimension: Int { mean.count }

  /// The second moment E[x²] of each column.
  package var secondMoment: [Double] { zip(mean, variance).map { $0 * $0 + $1 } }

  /// Returns the moments of the data standardized by `standardization`, (x - mean)/deviation.
  package func standardized(by standardization: Standardization) -> DataMoments {
    let deviation = standardization.deviation
    return DataMoments(
      mean: mean.indices.map { (mean[$0] - standardization.mean[$0]) / deviation[$0] },
      variance: variance.indices.map { variance[$0] / (deviation[$0] * deviation[$0]) },
      covariance: covariance.map { covariance in
        covariance.indices.map {
          covariance[$0] / (deviation[$0 / mean.count] * deviation[$0 % mean.count])
        }
      })
  }
}
