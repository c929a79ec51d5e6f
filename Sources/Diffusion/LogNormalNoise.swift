import LinearAlgebra

/// Log-normal noise levels, ln σ ~ N(mean, deviation²), as in Karras et al. (2022, table 1), with the range
/// of sigmas for samplers.
public struct LogNormalNoise: ContinuousProcess, Codable {
  /// The mean of ln σ.
  public var mean: Double
  /// The standard deviation of ln σ, above 0.
  public var deviation: Double
  /// The sigmas along which samplers go.
  public var range: KarrasSigmas

  /// Creates log-normal noise levels.
  ///
  /// The defaults are those of the paper, except for the range, which is for data of standard deviation 1.
  public init(
    mean: Double = -1.2, deviation: Double = 1.2,
    range: KarrasSigmas = KarrasSigmas(minimum: 0.005, maximum: 20)
  ) {
    self.mean = mean
    self.deviation = deviation
    self.range = range
  }

  /// Returns the level below which the share `u`, between 0 and 1, of all levels lies.
  public func level(at u: Double) -> NoiseLevel {
    NoiseLevel(sigma: exponential(mean + deviation * normalQuantile(u)))
  }

  public var terminal: NoiseLevel { NoiseLevel(sigma: range.maximum) }
  public func levels(count: Int) -> [NoiseLevel] { range.levels(count: count) }
}
