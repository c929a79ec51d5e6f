import LangevinPreconditions
public import LinearAlgebra
import Synchronization

/// Estimates the ``VariationalBound`` of a denoiser with the steps of a schedule.
///
/// One state is drawn at each timestep for each point, and denoised. With D for x₀, the step's mean is
/// wrong by √ᾱₜ₋₁ βₜ/(1 - ᾱₜ) (x₀ - D), and so, for a reverse variance vₜ,
///
///     Lₜ = ½ (d (β̃ₜ/vₜ - 1 - ln(β̃ₜ/vₜ)) + ᾱₜ₋₁ βₜ²/(1 - ᾱₜ)² ‖x₀ - D‖²/vₜ)
public struct BoundEstimator: Sendable, Hashable {
  /// The chain. With the last β equal to 1, ``VariationalBound/prior`` is 0.
  public let schedule: NoiseSchedule
  /// The variance of the reverse steps but the last.
  public let variance: ReverseVariance
  /// v₀, the variance of the reconstruction: any makes a bound.
  public let reconstructionVariance: Double

  /// The estimator for this chain.
  ///
  /// Without a `reconstructionVariance`, its logarithm is ``NoiseSchedule/posteriorLogVariance`` at
  /// timestep 0, as is usual. For data with a density that is smooth at that scale the error is nearly
  /// 1 - ᾱ₀, which is about twice as much, and would make the bound lower by ½ (1 - ln 2) a column.
  public init(
    _ schedule: NoiseSchedule, variance: ReverseVariance = .beta,
    reconstructionVariance: Double? = nil
  ) {
    require(
      reconstructionVariance.map { $0 > 0 && $0.isFinite } ?? true,
      "BoundEstimator: a reconstruction variance of \(reconstructionVariance ?? 0)")
    self.schedule = schedule
    self.variance = variance
    self.reconstructionVariance =
      reconstructionVariance ?? exponential(schedule.posteriorLogVariance[0])
  }

  /// The bound for the rows of `data`. With a `standardization`, `denoiser` is that of standardized data,
  /// and the bound is for the data as they are.
  ///
  /// The noise of timestep t is stream `random.stream + t`, at the element's own position: the result
  /// does not depend on the number of threads.
  ///
  /// - Throws: ``LikelihoodError``.
  public func bound(
    of data: Matrix, _ denoiser: some Denoiser, standardization: Standardization? = nil,
    random: RandomStream, threads: Int = 1, engine: Engine = .current
  ) throws(LikelihoodError) -> VariationalBound {
    require(
      data.columns == denoiser.dimension,
      "bound: data of \(data.columns) columns for a denoiser of \(denoiser.dimension)")
    try checkPoints(data)
    let points = standardization?.apply(to: data) ?? data
    let estimator = self
    let logDeterminant = standardization?.logDeterminant ?? 0
    let tiles = (points.rows + tileRows - 1) / tileRows
    let results = Mutex([BoundSums?](repeating: nil, count: tiles))
    forEachTile(of: points.rows, threads: threads) {
      BoundWorker(
        estimator, denoiser.makeWorker(capacity: tileRows, engine: engine), points, random, engine)
    } body: { worker, rows in
      let sums = worker.evaluate(rows)
      results.withLock { $0[rows.lowerBound / tileRows] = sums }
    }
    // In the order of the tiles, whoever has computed them.
    var total = BoundSums(steps: schedule.steps)
    for sums in results.withLock({ $0 }) { if let sums { total.add(sums) } }
    for (row, value) in total.values.enumerated() where !value.isFinite {
      throw .boundNotFinite(row: row)
    }
    let count = Double(points.rows)
    return VariationalBound(
      prior: total.prior / count, steps: total.terms.dropFirst().map { $0 / count },
      reconstruction: total.terms[0] / count, logDeterminant: logDeterminant,
      values: total.values.map { $0 - logDeterminant }, dimension: data.columns)
  }

  /// The reverse variance at timestep t.
  func reverseVariance(_ t: Int) -> Double {
    if t == 0 { return reconstructionVariance }
    return variance == .beta ? schedule.beta[t] : schedule.posteriorVariance[t]
  }

  /// Lₜ of one point as a + b ‖x₀ - D‖².
  func coefficients(_ t: Int, dimension: Int) -> (constant: Double, factor: Double) {
    let variance = reverseVariance(t)
    let d = Double(dimension)
    if t == 0 { return (0.5 * d * logarithm(2 * .pi * variance), 0.5 / variance) }
    let (before, beta) = (schedule.alphaBar[t - 1], schedule.beta[t])
    let noise = schedule.oneMinusAlphaBar[t]
    // β̃/β - 1, without its cancellation where the two are nearly the same.
    let excessOfVariance = self.variance == .beta ? excess(-before * beta / noise) : 0
    let gain = before * (beta / noise) * (beta / noise)
    return (0.5 * d * excessOfVariance, 0.5 * gain / variance)
  }

  /// KL(q(x_T | x₀) ‖ N(0, I)) for a point with `squaredNorm`.
  func prior(squaredNorm: Double, dimension: Int) -> Double {
    let last = schedule.steps - 1
    let kept = schedule.alphaBar[last]
    return 0.5
      * (kept * squaredNorm
        + Double(dimension) * (logOnePlus(schedule.signalToNoiseRatio(last)) - kept))
  }
}
