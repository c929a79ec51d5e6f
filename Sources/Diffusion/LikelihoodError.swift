public import LangevinErrors
import LinearAlgebra

/// The reason why a likelihood cannot be computed.
public enum LikelihoodError: Error, Sendable, Hashable {
  /// The data have no rows.
  case noPoints
  /// An element of the data is infinite or NaN.
  case notFinite(row: Int)
  /// The data have more than 64 columns.
  case tooManyColumns(Int)
  /// The probability flow led a point to values that are not finite.
  case diverged(row: Int)
  /// The model has learned fewer than two noise levels up to `maximum` deviations.
  case noLevels(maximum: Double)
  /// The denoiser computes no divergences (``DivergenceWorker``).
  case noDivergence
  /// The computation was cancelled.
  case cancelled
  /// The denoiser's estimate for a point is not finite.
  case boundNotFinite(row: Int)
}

extension LikelihoodError: DescribedError {
  /// The problem and its remedy, in one line.
  public var description: String {
    switch self {
    case .noPoints: "the data have no rows; give at least one"
    case .notFinite(let row):
      "row \(row) of the data has a value that is not a finite number; remove the row"
    case .tooManyColumns(let columns):
      """
      the data have \(columns) columns, and the probability flow computes likelihoods of at most \
      \(ProbabilityFlow.largestDimension); use the variational bound
      """
    case .diverged(let row):
      """
      the probability flow diverges for row \(row); take more steps, and check that the denoiser is \
      trained at these noise levels
      """
    case .noLevels(let maximum):
      """
      a likelihood needs two noise levels up to \(maximum) deviations, and the model has learned fewer; \
      train a model with more timesteps, or with less noise at the first timestep
      """
    case .noDivergence:
      "the denoiser computes no divergences; implement them, or use the variational bound"
    case .cancelled: "the computation of the likelihood was cancelled"
    case .boundNotFinite(let row):
      """
      the denoiser's estimates for row \(row) are not finite; check that the denoiser is trained at the \
      levels of the schedule
      """
    }
  }
}

/// Throws if `data` has no rows or an element that is not finite.
func checkPoints(_ data: Matrix<Float>) throws(LikelihoodError) {
  if data.rows == 0 { throw .noPoints }
  let elements = data.elements
  for i in elements.indices where !elements[i].isFinite {
    throw .notFinite(row: i / data.columns)
  }
}
