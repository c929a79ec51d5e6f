import LangevinPreconditions
import LinearAlgebra

/// The exact denoiser of data from a mixture of Gaussians, Σ wₖ N(mₖ, Σₖ), in `Double`.
///
/// At a level (α, σ), the states follow a mixture of N(α mₖ, Cₖ) with Cₖ = α² Σₖ + σ² I. With the
/// probability rₖ of component k given x,
///
///     D(x) = Σ rₖ Dₖ,  Dₖ = mₖ + α Σₖ Cₖ⁻¹ (x - α mₖ)
///     div D = (α/σ²) tr Cov[x₀ | x] = Σ rₖ (tr α Σₖ Cₖ⁻¹ + (α/σ²) ‖Dₖ - D‖²)
///
/// A component of variance 0 is a point. Without noise, D(x) = x/α.
public struct GaussianMixtureDenoiser: Sendable {
  /// The number of columns of a state.
  public let dimension: Int
  let components: [Component]

  /// A Gaussian along the axes of its covariance.
  struct Component: Sendable {
    let logWeight: Double
    let mean: [Double]
    /// The variances along the axes.
    let variances: [Double]
    /// The axes, as vectors of a `SymmetricEigensystem`; nil if the columns are the axes.
    let axes: [Double]?
  }

  /// Creates a mixture from the weight, mean and covariance of each component.
  ///
  /// Weights are above 0 and need not sum to 1. Means have the same number of columns. Covariances have no
  /// negative eigenvalue except by rounding.
  public init(weights: [Double], means: [[Double]], covariances: [GaussianCovariance]) {
    require(
      !weights.isEmpty && means.count == weights.count && covariances.count == weights.count,
      """
      GaussianMixtureDenoiser: \(weights.count) weights, \(means.count) means and \
      \(covariances.count) covariances
      """)
    require(
      weights.allSatisfy { $0 > 0 && $0.isFinite },
      "GaussianMixtureDenoiser: weights \(weights) must be finite and above 0")
    let dimension = means[0].count
    let sum = weights.reduce(0, +)
    self.dimension = dimension
    components = weights.indices.map { k in
      require(
        means[k].count == dimension,
        "GaussianMixtureDenoiser: mean \(k) has \(means[k].count) columns, the first has \(dimension)"
      )
      let (variances, axes) = Self.axes(of: covariances[k], dimension: dimension)
      require(
        variances.allSatisfy { $0 >= 0 && $0.isFinite },
        "GaussianMixtureDenoiser: variances \(variances) of covariance \(k) must be in [0, ∞)")
      return Component(
        logWeight: logarithm(weights[k] / sum), mean: means[k], variances: variances, axes: axes)
    }
  }

  /// Creates a mixture of one Gaussian.
  public init(mean: [Double], covariance: GaussianCovariance) {
    self.init(weights: [1], means: [mean], covariances: [covariance])
  }

  private static func axes(
    of covariance: GaussianCovariance, dimension: Int
  ) -> (variances: [Double], axes: [Double]?) {
    switch covariance {
    case .isotropic(let variance): return (Array(repeating: variance, count: dimension), nil)
    case .diagonal(let variances):
      require(
        variances.count == dimension,
        "GaussianMixtureDenoiser: \(variances.count) variances for \(dimension) columns")
      return (variances, nil)
    case .full(let matrix):
      require(
        matrix.count == dimension * dimension
          && CovarianceRounding.isCovariance(matrix, order: dimension),
        "GaussianMixtureDenoiser: \(matrix) is not a covariance of \(dimension) columns")
      let system = SymmetricEigensystem(matrix, order: dimension)
      return (system.variances, system.vectors)
    }
  }

  /// Returns the natural logarithm of the density of `state` at `level`.
  public func logDensity(of state: [Double], at level: NoiseLevel) -> Double {
    var analysis = MixtureAnalysis(self)
    analysis.analyze(state, at: level)
    return analysis.logDensity
  }

  /// Returns the gradient of ``logDensity(of:at:)``, (α D - x)/σ². The level must have noise.
  public func score(of state: [Double], at level: NoiseLevel) -> [Double] {
    require(level.sigma > 0, "score: \(level) has no noise; use a sigma above 0")
    let data = denoise(state, at: level)
    return data.indices.map {
      (level.alpha * data[$0] - state[$0]) / (level.sigma * level.sigma)
    }
  }

  /// Returns the denoised state D(x) of one state, in `Double`.
  public func denoise(_ state: [Double], at level: NoiseLevel) -> [Double] {
    var analysis = MixtureAnalysis(self)
    analysis.analyze(state, at: level)
    return analysis.denoised
  }

  /// Returns the divergence of D at one state, in `Double`.
  public func divergence(of state: [Double], at level: NoiseLevel) -> Double {
    var analysis = MixtureAnalysis(self)
    analysis.analyze(state, at: level)
    return analysis.divergence
  }
}

/// The covariance of a Gaussian in d columns.
public enum GaussianCovariance: Sendable, Hashable {
  /// The same variance v for each column: v I.
  case isotropic(Double)
  /// The variance of each column.
  case diagonal([Double])
  /// All covariances, row by row: d² elements, symmetric.
  case full([Double])
}
