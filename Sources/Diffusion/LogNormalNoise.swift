import LinearAlgebra

/// ln σ ~ N(mean, deviation²): the levels of Karras et al. (2022, table 1), and the range in which
/// samplers walk.
public struct LogNormalNoise: ContinuousProcess, Codable {
  /// The mean of ln σ.
  public var mean: Double
  /// The standard deviation of ln σ, above 0.
  public var deviation: Double
  /// The path of samplers.
  public var range: KarrasSigmas

  /// By default as in the paper, but for the range, which is for data of standard deviation 1.
  public init(
    mean: Double = -1.2, deviation: Double = 1.2,
    range: KarrasSigmas = KarrasSigmas(minimum: 0.005, maximum: 20)
  ) {
    self.mean = mean
    self.deviation = deviation
    self.range = range
  }

  /// The level below which the share u, between 0 and 1, of all levels lies.
  public func level(at u: Double) -> NoiseLevel {
    NoiseLevel(sigma: exponential(mean + deviation * normalQuantile(u)))
  }

  public var terminal: NoiseLevel { NoiseLevel(sigma: range.maximum) }
  public func levels(count: Int) -> [NoiseLevel] { range.levels(count: count) }
}
