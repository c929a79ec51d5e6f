/// The quantity that a network predicts, from which the data follow.
///
/// With x = α x₀ + σ ε, and the output F for the input c x, all prediction types have the form
///
///     x₀ ≈ a x + b F
///
/// | | input factor c | a | b | what F is |
/// |---|---|---|---|---|
/// | epsilon | 1/s | 1/α | -σ/α | ε |
/// | data | 1/s | 0 | 1 | x₀ |
/// | velocity | 1/s | α/s² | -σ/s | (α ε - σ x₀)/s |
/// | flow | 1/s | 1/(α + σ) | -σ/(α + σ) | ε - x₀ |
/// | preconditioned | 1/√(α² σ_d² + σ²) | c_skip/α | c_out | the rest, (x₀ - a x)/b |
///
/// with s = √(α² + σ²), which is 1 for variance-preserving levels. The last row is that of Karras et al.
/// (2022, arXiv 2206.00364, table 1), for data of standard deviation σ_d. With r = σ/α, it has
/// c_skip = σ_d²/(r² + σ_d²) and c_out = r σ_d/√(r² + σ_d²). Velocity is that of Salimans & Ho (2022,
/// arXiv 2202.00512).
public enum Prediction: Sendable, Hashable {
  /// The noise ε. It does not determine the data where there is no signal.
  case epsilon
  /// The data x₀.
  case data
  /// The velocity α ε - σ x₀.
  case velocity
  /// The velocity ε - x₀ of straight paths (Lipman et al. 2023, arXiv 2210.02747; Liu et al. 2023,
  /// arXiv 2209.03003).
  case flow
  /// A mixture of data and noise that keeps input and output at variance 1 at every level.
  case preconditioned(dataDeviation: Double = 1)

  /// Returns whether the data follow from the prediction at `level`.
  ///
  /// An estimate of the noise is divided by α, which must not be too small for `Float`.
  package func isDefined(at level: NoiseLevel) -> Bool {
    self != .epsilon || level.alpha > 1e-30 * level.scale
  }

  /// Returns the factors at `level`.
  package func preconditioning(at level: NoiseLevel) -> Preconditioning {
    let (alpha, sigma) = (level.alpha, level.sigma)
    let scale = level.scale
    switch self {
    case .epsilon:
      return Preconditioning(
        input: 1 / scale, skip: 1 / alpha, output: -sigma / alpha, targetData: 0, targetNoise: 1)
    case .data:
      return Preconditioning(
        input: 1 / scale, skip: 0, output: 1, targetData: 1, targetNoise: 0)
    case .velocity:
      return Preconditioning(
        input: 1 / scale, skip: alpha / (scale * scale), output: -sigma / scale,
        targetData: -sigma / scale, targetNoise: alpha / scale)
    case .flow:
      let sum = alpha + sigma
      return Preconditioning(
        input: 1 / scale, skip: 1 / sum, output: -sigma / sum, targetData: -1, targetNoise: 1)
    case .preconditioned(let deviation):
      let variance = alpha * alpha * deviation * deviation + sigma * sigma
      let root = variance.squareRoot()
      // (x₀ - a x)/b with b = σ σ_d / root. In x₀ - a x, x₀ has the factor σ²/(α² σ_d² + σ²).
      return Preconditioning(
        input: 1 / root, skip: alpha * deviation * deviation / variance,
        output: sigma * deviation / root, targetData: sigma / (deviation * root),
        targetNoise: -alpha * deviation / root)
    }
  }
}

/// The factors that turn a state and a network's output into the data, at one level.
package struct Preconditioning: Sendable, Hashable {
  /// The factor of the state in the network's input, c.
  package let input: Double
  /// The factor of the state in the data, a of x₀ ≈ a x + b F.
  package let skip: Double
  /// The factor of the output in the data, b.
  package let output: Double
  /// The factor of x₀ in the target of F.
  package let targetData: Double
  /// The factor of ε in the target of F.
  package let targetNoise: Double
}
