/// The values of a measure over several seeds.
public struct Spread: Sendable, Hashable, Codable {
  /// The mean over the seeds.
  public let mean: Double
  /// The standard deviation over the seeds, with divisor n − 1; 0 for a single seed.
  public let standardDeviation: Double
  /// The smallest value.
  public let minimum: Double
  /// The largest value.
  public let maximum: Double
  /// The values, seed by seed.
  public let values: [Double]

  /// Creates the spread of `values`. Without values, the mean, the minimum and the maximum are NaN.
  public init(_ values: [Double]) {
    let mean = values.reduce(0, +) / Double(values.count)
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    self.mean = mean
    standardDeviation = (squares / Double(max(values.count - 1, 1))).squareRoot()
    minimum = values.min() ?? .nan
    maximum = values.max() ?? .nan
    self.values = values
  }

  private enum CodingKeys: String, CodingKey {
    case mean, minimum, maximum, values
    case standardDeviation = "standard_deviation"
  }
}
