public import LangevinErrors

/// A reason why sets of points cannot be compared.
public enum EvaluationError: DescribedError, Equatable, Sendable {
  /// A set has too few points for the measure.
  case tooFewPoints(set: String, count: Int, needed: Int, measure: String)
  /// The sets have different numbers of columns.
  case columnsDiffer(samples: Int, reference: Int)
  /// The points have no columns.
  case noColumns
  /// An element is infinite or NaN.
  case notFinite(set: String, row: Int, column: Int)
  /// Points coincide where the measure takes the logarithm of, or divides by, a distance.
  case coincidingPoints(measure: String, remedy: String)
  /// The points are so far apart that a distance overflows.
  case overflow(measure: String)
  /// The measure needs a training set, and none was given.
  case noTrainingSet
  /// A matrix could not be factored.
  case factorization(String)

  /// A message that states the problem and the remedy.
  public var description: String {
    switch self {
    case .tooFewPoints(let set, let count, let needed, let measure):
      """
      \(measure): too few \(set) (\(count), at least \(needed) needed); draw more, or leave the \
      measure out
      """
    case .columnsDiffer(let samples, let reference):
      """
      the samples have \(samples) columns, the reference points \(reference); compare points of \
      the same space
      """
    case .noColumns:
      "the points have no columns; give each at least one coordinate"
    case .notFinite(let set, let row, let column):
      """
      the \(set) are not all finite (row \(row), column \(column), counted from 0); leave out such \
      rows, or find out why the model produces them
      """
    case .coincidingPoints(let measure, let remedy):
      "\(measure): points coincide, so a distance is 0; \(remedy)"
    case .overflow(let measure):
      "\(measure): the points are too far apart for 32-bit floats; scale both sets down"
    case .noTrainingSet:
      "no training set to compare the samples with; give one, or leave the measure out"
    case .factorization(let reason):
      "Fréchet distance: \(reason)"
    }
  }
}
