import LangevinPreconditions
package import LinearAlgebra
import Synchronization

/// An estimator of the ``VariationalBound`` of a denoiser along the steps of a schedule.
///
/// At each timestep, the estimator draws one state for each point and denoises it. With the denoised state
/// D in place of x₀, the mean of the reverse step is off by √ᾱₜ₋₁ βₜ/(1 - ᾱₜ) (x₀ - D). For a reverse
/// variance vₜ, the term of the timestep is therefore
///
///     Lₜ = ½ (d (β̃ₜ/vₜ - 1 - ln(β̃ₜ/vₜ)) + ᾱₜ₋₁ βₜ²/(1 - ᾱₜ)² ‖x₀ - D‖²/vₜ)
package struct BoundEstimator: Sendable, Hashable {
  /// The schedule of the chain. If its last β is 1, ``VariationalBound/prior`` is 0.
  package let schedule: NoiseSchedule
  /// The variance of all reverse steps except the last.
  package let variance: ReverseVariance
  /// The variance v₀ of the reconstruction. Any positive value gives a valid bound.
  package let reconstructionVariance: Double

  /// Creates an estimator for the chain of `schedule`.
  ///
  /// If `reconstructionVariance` is nil, its logarithm is ``NoiseSchedule/posteriorLogVariance`` at
  /// timestep 0, as is usual. For data whose density is smooth at that scale, the squared error of a column
  /// is nearly 1 - ᾱ₀, about twice as much. As the variance, 1 - ᾱ₀ would lower the bound by ½ (1 - ln 2)
  /// per column.
  package init(
    _ schedule: NoiseSchedule, variance: ReverseVariance = .beta,
    reconstructionVariance: Double? = nil
  ) {
    require(
      reconstructionVariance.map { $0 > 0 && $0.isFinite } ?? true,
      "BoundEstimator: reconstruction variance \(reconstructionVariance ?? 0) must be in (0, ∞)")
    self.schedule = schedule
    self.variance = variance
    self.reconstructionVariance =
      reconstructionVariance ?? exponential(schedule.posteriorLogVariance[0])
  }

  /// Returns the bound for the rows of `data`.
  ///
  /// With a `standardization`, `denoiser` works on standardized data, and the bound is for the data before
  /// standardization.
  ///
  /// The noise of timestep t is stream `random.stream + t`, at the element's own position, so the result
  /// does not depend on the number of threads.
  ///
  /// - Throws: ``LikelihoodError`` if `data` has no rows, or if the data or an estimate is not finite.
  package func bound(
    of data: Matrix<Float>, _ denoiser: some Denoiser, standardization: Standardization? = nil,
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
    // Added in the order of the tiles, whichever thread computed them.
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

  /// Returns the reverse variance at timestep t.
  func reverseVariance(_ t: Int) -> Double {
    if t == 0 { return reconstructionVariance }
    return variance == .beta ? schedule.beta[t] : schedule.posteriorVariance[t]
  }

  /// Returns a and b of Lₜ = a + b ‖x₀ - D‖² for one point of `dimension` columns.
  func coefficients(_ t: Int, dimension: Int) -> (constant: Double, factor: Double) {
    let variance = reverseVariance(t)
    let d = Double(dimension)
    if t == 0 { return (0.5 * d * logarithm(2 * .pi * variance), 0.5 / variance) }
    let (before, beta) = (schedule.alphaBar[t - 1], schedule.beta[t])
    let noise = schedule.oneMinusAlphaBar[t]
    // The argument is β̃/β - 1, without cancellation where β̃ and β are nearly equal.
    let excessOfVariance = self.variance == .beta ? excess(-before * beta / noise) : 0
    let gain = before * (beta / noise) * (beta / noise)
    return (0.5 * d * excessOfVariance, 0.5 * gain / variance)
  }

  /// Returns KL(q(x_T | x₀) ‖ N(0, I)) for a point whose squared norm is `squaredNorm`.
  func prior(squaredNorm: Double, dimension: Int) -> Double {
    let last = schedule.steps - 1
    let kept = schedule.alphaBar[last]
    return 0.5
      * (kept * squaredNorm
        + Double(dimension) * (logOnePlus(schedule.signalToNoiseRatio(last)) - kept))
  }
}
