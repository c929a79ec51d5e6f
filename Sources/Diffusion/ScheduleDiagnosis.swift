import LinearAlgebra

/// A comparison of a schedule's end, x_T, with the noise from which a sampler starts.
///
/// The sampler draws from the prior N(0, (α² + σ²) I), whereas the forward process ends at
/// x_T = α x₀ + σ ε. Training cannot remove the difference between the two:
///
/// - A perfect denoiser turns a wrong start into wrong samples. At most a share √(KL/2) of the samples can
///   differ (Pinsker's inequality, and no process makes two distributions easier to tell apart).
/// - The prior term of the variational bound stays, whatever the network learns.
///
/// KL(q(x_T) ‖ prior) lies between ``priorDivergence``, which treats x_T as a Gaussian with its moments, and
/// ``priorTerm``, which treats each x₀ separately.
public struct ScheduleDiagnosis: Sendable, Hashable {
  /// The distance of the schedule's end from the prior, in three grades.
  public enum Verdict: String, Sendable, Hashable {
    /// A negligible distance: the prior term is at most 0.005 bits per dimension, and at most 5 % of the
    /// samples can differ.
    ///
    /// For data of variance 1, 0.005 bits correspond to a signal-to-noise ratio of 0.007.
    case good
    /// A bias that large samples show: the prior term is at most 0.1 bits per dimension, and at most 20 % of
    /// the samples can differ.
    ///
    /// For data of variance 1, 0.1 bits correspond to a signal-to-noise ratio of 0.15.
    case leaky
    /// A larger distance than that of ``leaky``.
    case bad
  }

  /// The level of x_T.
  public let terminal: NoiseLevel
  /// The moments of x₀, in the model's space.
  public let moments: DataMoments

  /// Creates the diagnosis for data with `moments`.
  ///
  /// The moments are those of the data that the model sees, so of standardized data if it standardizes them.
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

  /// Creates the diagnosis of the end of `schedule`.
  public init(_ schedule: NoiseSchedule, moments: DataMoments) {
    self.init(terminal: schedule.level(schedule.steps - 1), moments: moments)
  }

  /// The share ᾱ_T = α²/(α² + σ²) of the signal at the end.
  public var alphaBar: Double {
    let signal = terminal.variancePreserving.alpha
    return signal * signal
  }

  /// The signal-to-noise ratio α²/σ² at the end.
  public var signalToNoiseRatio: Double { terminal.signalToNoiseRatio }

  /// The divergence KL(N(α m, α² Σ + σ² I) ‖ N(0, s² I)) in nats, with s² = α² + σ² and the mean m and
  /// covariance Σ of the data. With more than 64 columns, Σ is diagonal.
  public let priorDivergence: Double

  /// The prior term of the bound, E KL(q(x_T | x₀) ‖ N(0, s² I)), in nats:
  ///
  ///     ½ Σⱼ ((α² E xⱼ² + σ²)/s² - 1 - ln(σ²/s²))
  ///
  /// It is ∞ if there is no noise.
  public let priorTerm: Double

  /// Returns `nats` in bits per dimension.
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

  /// The grade of the distance between the schedule's end and the prior.
  public var verdict: Verdict {
    let bits = bitsPerDimension(priorTerm)
    if bits <= 0.005 && changedShare <= 0.05 { return .good }
    if bits <= 0.1 && changedShare <= 0.2 { return .leaky }
    return .bad
  }
}

/// Returns e - ln(1 + e), twice the divergence of variance 1 + e from variance 1.
func excess(_ e: Double) -> Double {
  // Near 0 the two terms cancel; the series is exact to rounding there.
  abs(e) < 1e-4 ? e * e * (0.5 - e * (1.0 / 3 - e * (0.25 - e * 0.2))) : e - logOnePlus(e)
}
