import LangevinPreconditions

/// The log-density of states at a variance-preserving level, according to a `Prior`.
struct PriorDensity: Sendable {
  private let density: GaussianMixtureDenoiser
  private let level: NoiseLevel

  init(_ prior: Prior, at level: NoiseLevel, dimension: Int) {
    switch prior {
    case .standard:
      // N(0, I): the data are the point 0, and the noise has all of the variance.
      density = GaussianMixtureDenoiser(
        mean: Array(repeating: 0, count: dimension), covariance: .isotropic(0))
      self.level = NoiseLevel(alpha: 0, sigma: 1)
    case .moments(let moments):
      require(
        moments.dimension == dimension,
        "Prior: moments of \(moments.dimension) columns for \(dimension)")
      density = GaussianMixtureDenoiser(
        mean: moments.mean,
        covariance: moments.covariance.map { .full($0) } ?? .diagonal(moments.variance))
      self.level = level
    }
  }

  func logDensity(of state: [Double]) -> Double { density.logDensity(of: state, at: level) }
}
