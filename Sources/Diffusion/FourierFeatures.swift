import LangevinPreconditions
package import LinearAlgebra

/// The features through which a network sees a noise level: sines and cosines of c = ln(σ/α)/4.
///
///     F = [sin(2π f₁ c), …, sin(2π f_n c), cos(2π f₁ c), …, cos(2π f_n c)]
///
/// Tancik et al. (2020, arXiv 2006.10739) draw frequencies from a normal distribution; these are its
/// quantiles, f_i = Φ⁻¹(½ + (i - ½)/2n), so that no frequencies have to be drawn and stored.
public struct FourierFeatures: Sendable, Hashable {
  /// The frequencies f, ascending.
  public let frequencies: [Double]

  /// Creates features of `count` frequencies.
  public init(count: Int) {
    require(count > 0, "FourierFeatures: too few frequencies (\(count)); use at least 1")
    frequencies = (0..<count).map {
      normalQuantile(0.5 + (Double($0) + 0.5) / Double(2 * count))
    }
  }

  /// The number of features, two for each frequency.
  public var width: Int { 2 * frequencies.count }

  /// The range to which c is clamped, for levels with no signal or no noise. Schedules do not distinguish
  /// ratios beyond it.
  private static let range = -10.0...10.0

  /// Returns F of each of `levels`, one row per level.
  package func callAsFunction(_ levels: [NoiseLevel]) -> Matrix<Float> {
    var features = Matrix<Float>(rows: levels.count, columns: width)
    features.withMutableHandle { features in
      for (row, level) in levels.enumerated() { write(level, to: features, row: row) }
    }
    return features
  }

  /// Writes F of `level` to row `row` of `features`.
  func write(_ level: NoiseLevel, to features: MatrixHandle<Float>, row: Int) {
    let position = min(max(-level.lambda / 4, Self.range.lowerBound), Self.range.upperBound)
    let line = unsafe features.base + row * features.stride
    for i in frequencies.indices {
      let angle = 2 * Double.pi * frequencies[i] * position
      unsafe line[i] = Float(sine(angle))
      unsafe line[frequencies.count + i] = Float(cosine(angle))
    }
  }
}
