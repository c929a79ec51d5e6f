/// The terms of the variational bound -ln p(x₀) ≤ L (Ho et al. 2020, arXiv 2006.11239, equation 5), for
/// continuous data, apart:
///
///     L = KL(q(x_T | x₀) ‖ N(0, I)) + Σ_{t ≥ 1} KL(q(xₜ₋₁ | xₜ, x₀) ‖ p(xₜ₋₁ | xₜ)) - ln N(x₀; D(x₀′), v₀ I)
///
/// with timesteps as the code counts them, and x₀′ the state at timestep 0. The last term is a density, not
/// the probability of a pixel's level, since the data are numbers. All are in nats a point, means over
/// the points and the noise drawn.
public struct VariationalBound: Sendable, Hashable {
  /// KL(q(x_T | x₀) ‖ N(0, I)), exact: what no training removes. ``ScheduleDiagnosis`` judges it.
  public let prior: Double
  /// Of timestep t + 1 at index t, up to T - 1: the divergences of single steps.
  public let steps: [Double]
  /// -ln N(x₀; D, v₀ I), v₀ being ``BoundEstimator/reconstructionVariance``.
  public let reconstruction: Double
  /// What the standardization adds to a log-density; 0 without one.
  public let logDeterminant: Double
  /// L of each point, with its own noise.
  public let values: [Double]
  /// Columns of a point.
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

  /// L, the sum of all terms less ``logDeterminant``: the mean of ``values``.
  public var total: Double {
    prior + steps.reduce(0, +) + reconstruction - logDeterminant
  }

  /// The standard error of ``total`` as an estimate for all data and all noise; NaN of one point.
  public var standardError: Double { standardErrorOfMean(values) }

  /// `nats` in bits a dimension.
  public func bitsPerDimension(_ nats: Double) -> Double {
    bits(nats, perDimensionOf: dimension)
  }

  /// ``total`` in bits a dimension.
  public var bitsPerDimension: Double { bitsPerDimension(total) }
}
