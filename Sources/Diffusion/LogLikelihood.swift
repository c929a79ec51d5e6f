import LinearAlgebra

/// The log-densities of points.
public struct LogLikelihood: Sendable, Hashable {
  /// ln p of each point, in nats.
  public let values: [Double]
  /// Columns of a point.
  public let dimension: Int

  /// These log-densities of points with `dimension` columns.
  package init(values: [Double], dimension: Int) {
    self.values = values
    self.dimension = dimension
  }

  /// The mean, in nats.
  public var mean: Double { values.reduce(0, +) / Double(values.count) }

  /// The standard error of ``mean`` as an estimate for all data of which the points are a sample; NaN of
  /// one point.
  public var standardError: Double { standardErrorOfMean(values) }

  /// -ln p / (d ln 2), for data with a density: it may be negative, and depends on the unit of the data.
  public var bitsPerDimension: Double { bits(-mean, perDimensionOf: dimension) }

  /// ``standardError`` in the unit of ``bitsPerDimension``.
  public var standardErrorInBits: Double { bits(standardError, perDimensionOf: dimension) }
}

/// `nats` in bits a dimension.
func bits(_ nats: Double, perDimensionOf dimension: Int) -> Double {
  nats / (Double(dimension) * logarithm(2))
}

/// The standard deviation of `values`, without bias, over √n.
func standardErrorOfMean(_ values: [Double]) -> Double {
  let count = Double(values.count)
  let mean = values.reduce(0, +) / count
  let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
  return (squares / (count - 1) / count).squareRoot()
}
