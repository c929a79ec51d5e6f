import LinearAlgebra

/// Whether a schedule drowns the data: x_T, beside the noise from which a sampler starts.
///
/// The sampler draws from the prior N(0, (α² + σ²) I), whereas the forward process ends at
/// x_T = α x₀ + σ ε. What the two differ by, no training removes:
///
/// - A perfect denoiser turns a wrong start into wrong samples, of which at most a share of √(KL/2) can
///   differ (Pinsker's inequality, and that no process tells two distributions better apart).
/// - The prior term of the variational bound stays, whatever the network learns.
///
/// KL(q(x_T) ‖ prior) lies between ``priorDivergence``, where x_T is taken for a Gaussian of its
/// moments, and ``priorTerm``, where each x₀ counts by itself.
public struct ScheduleDiagnosis: Sendable, Hashable {
  /// How far the schedule's end is from the prior.
  public enum Verdict: String, Sendable, Hashable {
    /// Of no consequence: the prior term is at most 0.005 bits a dimension, which for data of variance 1
    /// is a signal-to-noise ratio of 0.007, and at most 5 % of the samples can differ.
    case good
    /// A bias that large samples show: at most 0.1 bits a dimension (a ratio of 0.15), and 20 %.
    case leaky
    /// More than that.
    case bad
  }

  /// The level of x_T.
  public let terminal: NoiseLevel
  /// The moments of x₀, in the model's space.
  public let moments: DataMoments

  /// The diagnosis for data with `moments`, which are those that the model sees: of standardized data if
  /// it standardizes them.
  public init(terminal: NoiseLevel, moments: DataMoments) {
    self.terminal = terminal
    self.moments = moments
    let share = terminal.variancePreserving
    let kept = share.alpha * share.alpha
    // With C/s² = I + α²/s² (Σ - I), the eigenvalues are 1 + e, and no digits are lost where α is small.
    let variances = moments.covariance == nil ? moments.variance : moments.eigensystem.variances
    let ofVariances = variances.reduce(0) { $0 + excess(kept * ($1 - 1)) }
    let ofMean = moments.mean.reduce(0) { $0 + $1 * $1 }
    priorDivergence = 0.5 * (ofVariances + kept * ofMean)
    // (α² E x² + σ²)/s² - 1 = α²/s² (E x² - 1), and s²/σ² = 1 + SNR.
    let ofNoise = logOnePlus(terminal.signalToNoiseRatio)
    priorTerm =
      0.5 * moments.secondMoment.reduce(0) { $0 + kept * ($1 - 1) + ofNoise }
  }

  /// The diagnosis of the end of `schedule`.
  public init(_ schedule: NoiseSchedule, moments: DataMoments) {
    self.init(terminal: schedule.level(schedule.steps - 1), moments: moments)
  }

  /// ᾱ_T = α²/(α² + σ²).
  public var alphaBar: Double {
    let signal = terminal.variancePreserving.alpha
    return signal * signal
  }

  /// α²/σ².
  public var signalToNoiseRatio: Double { terminal.signalToNoiseRatio }

  /// The divergence KL(N(α m, α² Σ + σ² I) ‖ N(0, s² I)), s² = α² + σ², in nats, m and Σ being the
  /// moments of the data. With more than 64 columns, Σ is diagonal.
  public let priorDivergence: Double

  /// E KL(q(x_T | x₀) ‖ N(0, s² I)) in nats, the prior term of the bound:
  ///
  ///     ½ Σⱼ ((α² E xⱼ² + σ²)/s² - 1 - ln(σ²/s²))
  ///
  /// ∞ if there is no noise.
  public let priorTerm: Double

  /// `nats` in bits a dimension.
  public func bitsPerDimension(_ nats: Double) -> Double {
    bits(nats, perDimensionOf: moments.dimension)
  }

  /// The largest share of samples that the wrong mean and covariance of the start can change.
  public var changedShare: Double { min(1, (priorDivergence / 2).squareRoot()) }

  /// The mean of each column of x_T; the prior's is 0.
  public var terminalMean: [Double] { moments.mean.map { terminal.alpha * $0 } }

  /// The standard deviation of each column of x_T; the prior's is ``NoiseLevel/scale``.
  public var terminalDeviation: [Double] {
    let (signal, noise) = (terminal.alpha, terminal.sigma)
    return moments.variance.map { (signal * signal * $0 + noise * noise).squareRoot() }
  }

  /// How far the end is from the prior.
  public var verdict: Verdict {
    let bits = bitsPerDimension(priorTerm)
    if bits <= 0.005 && changedShare <= 0.05 { return .good }
    if bits <= 0.1 && changedShare <= 0.2 { return .leaky }
    return .bad
  }
}

/// e - ln(1 + e), twice the divergence of variance 1 + e from variance 1.
func excess(_ e: Double) -> Double {
  // Near 0 the two cancel; the series is exact to rounding there.
  abs(e) < 1e-4 ? e * e * (0.5 - e * (1.0 / 3 - e * (0.25 - e * 0.2))) : e - logOnePlus(e)
}
