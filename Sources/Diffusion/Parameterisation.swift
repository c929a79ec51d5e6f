/// What a network estimates, and so how the data follow from its output.
///
/// With x = α x₀ + σ ε, and F the output for the input c x, all are of the form
///
///     x₀ ≈ a x + b F
///
/// | | input factor c | a | b | what F is |
/// |---|---|---|---|---|
/// | epsilon | 1/s | 1/α | -σ/α | ε |
/// | data | 1/s | 0 | 1 | x₀ |
/// | velocity | 1/s | α/s² | -σ/s | (α ε - σ x₀)/s |
/// | flow | 1/s | 1/(α + σ) | -σ/(α + σ) | ε - x₀ |
/// | preconditioned | 1/√(α² σ_d² + σ²) | c_skip/α | c_out | what c_skip leaves over |
///
/// with s = √(α² + σ²), which is 1 where the variance is preserved. The last row is of Karras et al.
/// (2022, arXiv 2206.00364, table 1), for data of standard deviation σ_d; with r = σ/α,
/// c_skip = σ_d²/(r² + σ_d²) and c_out = r σ_d/√(r² + σ_d²). Velocity is that of Salimans & Ho (2022,
/// arXiv 2202.00512).
public enum Parameterisation: Sendable, Hashable {
  /// The noise ε. It says nothing about the data where there is no signal.
  case epsilon
  /// The data x₀.
  case data
  /// The velocity α ε - σ x₀.
  case velocity
  /// The velocity ε - x₀ of straight paths (Lipman et al. 2023, arXiv 2210.02747; Liu et al. 2023,
  /// arXiv 2209.03003).
  case flow
  /// A mixture that keeps input and output at variance 1 at every level.
  case preconditioned(dataDeviation: Double = 1)

  /// Whether the estimate is of use at `level`: from noise, the data follow by a division by the signal,
  /// which `Float` must survive.
  public func isDefined(at level: NoiseLevel) -> Bool {
    self != .epsilon || level.signal > 1e-30 * level.scale
  }

  /// The factors at `level`.
  public func factors(at level: NoiseLevel) -> DenoisingFactors {
    let (alpha, sigma) = (level.signal, level.noise)
    let scale = level.scale
    switch self {
    case .epsilon:
      return DenoisingFactors(
        input: 1 / scale, state: 1 / alpha, output: -sigma / alpha, targetData: 0, targetNoise: 1)
    case .data:
      return DenoisingFactors(
        input: 1 / scale, state: 0, output: 1, targetData: 1, targetNoise: 0)
    case .velocity:
      return DenoisingFactors(
        input: 1 / scale, state: alpha / (scale * scale), output: -sigma / scale,
        targetData: -sigma / scale, targetNoise: alpha / scale)
    case .flow:
      let sum = alpha + sigma
      return DenoisingFactors(
        input: 1 / scale, state: 1 / sum, output: -sigma / sum, targetData: -1, targetNoise: 1)
    case .preconditioned(let deviation):
      let variance = alpha * alpha * deviation * deviation + sigma * sigma
      let root = variance.squareRoot()
      // x₀ less the share of x, over c_out = σ σ_d / root: the data keep σ² of α² σ_d² + σ².
      return DenoisingFactors(
        input: 1 / root, state: alpha * deviation * deviation / variance,
        output: sigma * deviation / root, targetData: sigma / (deviation * root),
        targetNoise: -alpha * deviation / root)
    }
  }
}

/// The numbers that lead from a state and a network's output to the data, at one level.
public struct DenoisingFactors: Sendable, Hashable {
  /// c: the network sees c x.
  public let input: Double
  /// a, of x₀ ≈ a x + b F.
  public let state: Double
  /// b.
  public let output: Double
  /// The part of x₀ in what F should be.
  public let targetData: Double
  /// The part of ε in what F should be.
  public let targetNoise: Double
}
