/// What the distribution of the noisiest states is taken for.
public enum LikelihoodPrior: Sendable, Hashable {
  /// N(0, (α² + σ²) I), from which samplers start.
  case standard
  /// The Gaussian that has the moments of the states, for data with these: N(α m, α² Σ + σ² I).
  case moments(DataMoments)
}

/// The log-density of states at a level where the variance is preserved, by `LikelihoodPrior`.
struct PriorDensity: Sendable {
  private let density: GaussianMixtureDenoiser
  private let level: NoiseLevel

  init(_ prior: LikelihoodPrior, at level: NoiseLevel, dimension: Int) {
    switch prior {
    case .standard:
      // Data without width at 0, and all of the variance in the noise.
      density = GaussianMixtureDenoiser(
        mean: Array(repeating: 0, count: dimension), covariance: .isotropic(0))
      self.level = NoiseLevel(signal: 0, noise: 1)
    case .moments(let moments):
      precondition(
        moments.dimension == dimension,
        "LikelihoodPrior: moments of \(moments.dimension) columns for \(dimension)")
      density = GaussianMixtureDenoiser(
        mean: moments.mean,
        covariance: moments.covariance.map { .full($0) } ?? .diagonal(moments.variance))
      self.level = level
    }
  }

  func logDensity(of state: [Double]) -> Double { density.logDensity(of: state, at: level) }
}
