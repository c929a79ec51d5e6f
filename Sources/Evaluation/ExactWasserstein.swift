import LangevinPreconditions
public import LinearAlgebra

/// The 2-Wasserstein distance between two sets of n points each, without approximation:
///
///     W₂² = min_π (1/n) Σᵢ ‖xᵢ − y_π(i)‖²     over all permutations π
///
/// the cheapest way to move one set onto the other, found by an `Assignment`. The first n points of each set
/// are used, n being the number in the smaller set, at most `limit`. O(n³) at worst, O(n²) memory.
///
/// Unlike the distance between the distributions, it is not 0 for equal ones: it falls with n only as
/// n^(−1/d), hence compare it with its floor at the same n.
public struct ExactWasserstein: Sendable, Hashable {
  /// How many points of each set are used at most.
  public let limit: Int

  /// The distance over at most `limit` points of each set.
  public init(limit: Int = 2000) {
    require(limit > 0, "ExactWasserstein: a limit of \(limit) leaves no points")
    self.limit = limit
  }

  /// The distance between `samples` and `reference`.
  public func distance(
    samples: Matrix, reference: Matrix
  ) throws(EvaluationError) -> Double {
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
