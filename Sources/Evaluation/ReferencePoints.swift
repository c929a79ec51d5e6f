public import LinearAlgebra

/// The source of the real points that samples are compared with. It should not be the training data of the
/// model.
public enum ReferencePoints: Sendable {
  /// A function that draws a set of points for each seed.
  case drawn(@Sendable (_ seed: UInt64) -> Matrix<Float>)
  /// A single set. For each seed it is shuffled and halved, and the floor compares the halves.
  case points(Matrix<Float>)

  /// Returns two sets of real points without a point in common.
  func pair(seed: UInt64, index: Int) -> (Matrix<Float>, Matrix<Float>) {
    switch self {
    case .drawn(let draw):
      let first = seed &+ 2 * UInt64(index)
      return (draw(first), draw(first &+ 1))
    case .points(let points):
      let order = EvaluationStream.reference.permutation(points.rows, seed: seed, index: index)
      let half = points.rows / 2
      return (points.rows(at: order[..<half]), points.rows(at: order[half..<2 * half]))
    }
  }
}
