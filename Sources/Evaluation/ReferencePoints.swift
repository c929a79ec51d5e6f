public import LinearAlgebra

/// Where real points come from, to compare samples with. They should not be those that the model was
/// trained on.
public enum ReferencePoints: Sendable {
  /// As many sets as are wanted, each drawn by its seed.
  case drawn(@Sendable (_ seed: UInt64) -> Matrix)
  /// One set. For each seed it is shuffled and halved, and the floor is one half against the other.
  case points(Matrix)

  /// Two sets of real points without a point in common.
  func pair(seed: UInt64, index: Int) -> (Matrix, Matrix) {
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
