public import LangevinErrors
import LinearAlgebra

/// Data whose likelihood cannot be computed.
public enum LikelihoodError: Error, Sendable, Hashable {
  /// There are no points.
  case noPoints
  /// A value that is no number.
  case notFinite(row: Int)
  /// More than 64 columns.
  case tooManyColumns(Int)
  /// The probability flow has led a point to values that are no numbers.
  case diverged(row: Int)
  /// The model knows no two levels of noise below `maximum` deviations.
  case noLevels(maximum: Double)
  /// The denoiser computes no divergences (``DivergenceWorker``).
  case noDivergence
  /// It was cancelled while it was computed.
  case cancelled
  /// The denoiser has no finite answer for a point.
  case boundNotFinite(row: Int)
}

extension LikelihoodError: DescribedError {
  /// What was wrong, and what to do.
  public var description: String {
    switch self {
    case .noPoints: "the likelihood of no points is asked for; give at least one"
    case .notFinite(let row):
      "row \(row) of the data holds a value that is not a finite number; leave the row out"
    case .tooManyColumns(let columns):
      """
      the data have \(columns) columns; exact divergences, and so likelihoods by the probability \
      flow, are computed up to \(ProbabilityFlow.largestDimension): use the variational bound
      """
    case .diverged(let row):
      """
      the probability flow leads row \(row) to infinity; take more steps, and see that the denoiser \
      is trained at these noise levels
      """
    case .noLevels(let maximum):
      """
      the model knows no two levels of noise below \(maximum) deviations, between which a likelihood could \
      be computed; train one with more timesteps, or less noise at the first
      """
    case .noDivergence:
      "the denoiser computes no divergences; give it some, or use the variational bound"
    case .cancelled: "the computation of the likelihood was cancelled"
    case .boundNotFinite(let row):
      """
      the denoiser's estimates for row \(row) are not finite; see that it is trained at the levels of \
      the schedule
      """
    }
  }
}

/// Throws if the likelihood of such data cannot be computed.
func checkPoints(_ data: Matrix) throws(LikelihoodError) {
  if data.rows == 0 { throw .noPoints }
  let elements = data.elements
  for i in elements.indices where !elements[i].isFinite {
    throw .notFinite(row: i / data.columns)
  }
}
