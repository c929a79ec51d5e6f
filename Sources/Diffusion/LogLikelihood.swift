import LinearAlgebra

/// The log-densities of points.
public struct LogLikelihood: Sendable, Hashable {
  /// The log-density ln p of each point, in nats.
  public let values: [Double]
  /// The number of columns of a point.
  public let dimension: Int

  /// Creates the log-densities of points with `dimension` columns.
  package init(values: [Double], dimension: Int) {
    self.values = values
    self.dimension = dimension
  }

  /// The mean log-density, in nats.
  public var mean: Double { values.reduce(0, +) / Double(values.count) }

  /// The standard error of ``mean``, with the points as a sample of all data; NaN for one point.
  public var standardError: Double { standardErrorOfMean(values) }

  /// The mean negative log-density in bits per dimension, -ln p / (d ln 2).
  ///
  /// Since p is a density, the value may be negative, and it depends on the unit of the data.
  public var bitsPerDimension: Double { bits(-mean, perDimensionOf: dimension) }

  /// ``standardError`` in the unit of ``bitsPerDimension``.
  public var standardErrorInBits: Double { bits(standardError, perDimensionOf: dimension) }
}

/// Returns `nats` in bits per dimension.
func bits(_ nats: Double, perDimensionOf dimension: Int) -> Double {
  nats / (Double(dimension) * logarithm(2))
}

/// Returns the standard error of the mean of `values`: their standard deviation, with divisor n - 1, over √n.
func standardErrorOfMean(_ values: [Double]) -> Double {
  let count = Double(values.count)
  let mean = values.reduce(0, +) / count
  let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
  return (squares / (count - 1) / count).squareRoot()
}
