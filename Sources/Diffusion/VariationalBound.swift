public import LinearAlgebra

/// The separate terms of the variational bound -ln p(x₀) ≤ L for continuous data (Ho et al. 2020, arXiv
/// 2006.11239, equation 5):
///
///     L = KL(q(x_T | x₀) ‖ N(0, I)) + Σ_{t ≥ 1} KL(q(xₜ₋₁ | xₜ, x₀) ‖ p(xₜ₋₁ | xₜ)) - ln N(x₀; D(x₀′), v₀ I)
///
/// with timesteps as the code counts them, and the state x₀′ at timestep 0. The last term is a density and
/// not the probability of a gray level, since the data are continuous. All terms are in nats per point,
/// averaged over the points and the noise drawn.
public struct VariationalBound: Sendable, Hashable {
  /// The prior term KL(q(x_T | x₀) ‖ N(0, I)), exact. Training cannot reduce it; ``ScheduleDiagnosis`` judges
  /// it.
  public let prior: Double
  /// The divergences of single steps, up to timestep T - 1. Index t holds that of timestep t + 1.
  public let steps: [Double]
  /// The reconstruction term -ln N(x₀; D, v₀ I), where v₀ is the reconstruction variance.
  public let reconstruction: Double
  /// The term that the standardization adds to a log-density; 0 without a standardization.
  public let logDeterminant: Double
  /// The bound L of each point, with its own noise.
  public let values: [Double]
  /// The number of columns of a point.
  public let dimension: Int

  init(
    prior: Double, steps: [Double], reconstruction: Double, logDeterminant: Double,
    values: [Double], dimension: Int
  ) {
    self.prior = prior
    self.steps = steps
    self.reconstruction = reconstruction
    self.logDeterminant = logDeterminant
    self.values = values
    self.dimension = dimension
  }

  /// The bound L: the sum of all terms minus ``logDeterminant``, and the mean of ``values``.
  public var total: Double {
    prior + steps.reduce(0, +) + reconstruction - logDeterminant
  }

  /// The standard error of ``total`` as an estimate for all data and all noise; NaN for one point.
  public var standardError: Double { standardErrorOfMean(values) }

  /// Returns `nats` in bits per dimension.
  public func bitsPerDimension(_ nats: Double) -> Double {
    bits(nats, perDimensionOf: dimension)
  }

  /// The bound ``total`` in bits per dimension.
  public var bitsPerDimension: Double { bitsPerDimension(total) }
}

extension VariationalBound {
  /// Computes the bound of `data` under the chain of `schedule` whose reverse steps use `denoiser`.
  ///
  /// At each timestep, one state is drawn for each point and denoised. With the denoised state D in place of
  /// x₀, the mean of the reverse step is off by √ᾱₜ₋₁ βₜ/(1 - ᾱₜ) (x₀ - D). For a reverse variance vₜ, the
  /// term of the timestep is therefore
  ///
  ///     Lₜ = ½ (d (β̃ₜ/vₜ - 1 - ln(β̃ₜ/vₜ)) + ᾱₜ₋₁ βₜ²/(1 - ᾱₜ)² ‖x₀ - D‖²/vₜ)
  ///
  /// - Parameters:
  ///   - data: The points, rows × d.
  ///   - denoiser: The denoiser of d columns.
  ///   - schedule: The schedule of the chain. If its last β is 1, ``prior`` is 0.
  ///   - variance: The variance of all reverse steps except the last.
  ///   - reconstructionVariance: The variance v₀ of the reconstruction. Any positive value gives a valid
  ///     bound. If nil, its logarithm is ``NoiseSchedule/posteriorLogVariance`` at timestep 0, as is usual.
  ///   - standardization: If given, `denoiser` works on standardized data, and the bound is for the data
  ///     before standardization.
  ///   - random: The noise of timestep t is stream `random.stream + t`, at the element's own position.
  ///   - threads: The number of threads. It does not change the result.
  ///   - engine: The engine.
  /// - Throws: ``LikelihoodError`` if `data` has no rows, or if the data or an estimate is not finite.
  public init(
    of data: Matrix<Float>, _ denoiser: some Denoiser, schedule: NoiseSchedule,
    variance: ReverseVariance = .beta,
    reconstructionVariance: Double? = nil, standardization: Standardization? = nil,
    random: RandomStream,
    threads: Int = 1, engine: Engine = .current
  ) throws(LikelihoodError) {
    let estimator = BoundEstimator(
      schedule, variance: variance, reconstructionVariance: reconstructionVariance)
    self = try estimator.bound(
      of: data, denoiser, standardization: standardization, random: random, threads: threads,
      engine: engine)
  }
}
