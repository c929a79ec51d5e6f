import LangevinPreconditions
public import LinearAlgebra

extension Distance {
  /// Returns the exact 2-Wasserstein distance between two sets of n points:
  ///
  ///     W₂² = min_π (1/n) Σᵢ ‖xᵢ − y_π(i)‖²     over all permutations π
  ///
  /// This is the cheapest way to move one set onto the other, found by an `Assignment`. The first n points of
  /// each set are used, where n is the size of the smaller set, at most `limit`. O(n³) at worst, O(n²)
  /// memory.
  ///
  /// Unlike the distance between the distributions, it is not 0 for equal distributions: it falls with n only
  /// as n^(−1/d). Compare it with its floor at the same n.
  ///
  /// - Parameters:
  ///   - samples: The samples, points × d.
  ///   - reference: Real points, points × d.
  ///   - limit: The maximum number of points used from each set, at least 1.
  public static func exactWasserstein(
    samples: Matrix<Float>, reference: Matrix<Float>, limit: Int = assignmentLimit
  ) throws(EvaluationError) -> Double {
    require(limit > 0, "exact W2: a limit of \(limit) leaves no points")
    try PointSets.check(samples: samples, reference: reference, for: "exact W2")
    let count = min(samples.rows, reference.rows, limit)
    let targets = SquaredDistances(to: reference.firstRows(count))
    let costs = unsafe [Double](unsafeUninitializedCapacity: count * count) { buffer, initialized in
      for row in 0..<count {
        let range = row * count..<(row + 1) * count
        unsafe targets.fill(
          UnsafeMutableBufferPointer(rebasing: buffer[range]), from: samples.row(row),
          to: 0..<count)
      }
      initialized = count * count
    }
    return max(0, Assignment(costs: costs, size: count).cost / Double(count)).squareRoot()
  }
}
