import LangevinPreconditions
import LangevinThreading
public import LinearAlgebra

/// The squared maximum mean discrepancy under a Gaussian kernel, without bias:
///
///     MMD² = mean k(x, x') + mean k(y, y') − 2 mean k(x, y),    k(a, b) = exp(−‖a − b‖² / (2σ²))
///
/// with means over pairs of different points; its expectation is 0 for equal distributions, and it may be
/// negative. The bandwidth σ is the median distance between the first 500 points of the reference, so that
/// it does not depend on the samples.
///
/// Gretton et al., "A kernel two-sample test", 2012. The first `limit` points of each set are used;
/// O(limit² d).
public struct MaximumMeanDiscrepancy: Sendable, Hashable {
  /// How many points of each set are used at most.
  public let limit: Int
  /// How many points of the reference the bandwidth is taken from.
  private static let bandwidthPoints = 500

  /// The discrepancy over at most `limit` points of each set.
  public init(limit: Int = 4000) {
    require(limit > 1, "MaximumMeanDiscrepancy: a limit of \(limit) leaves no pairs")
    self.limit = limit
  }

  /// The squared discrepancy between `samples` and `reference`.
  public func squared(
    samples: Matrix, reference: Matrix, threads: Int = 1
  ) throws(EvaluationError) -> Double {
    let pool = ThreadPool(threads: threads)
    try PointSets.check(samples: samples, reference: reference, needed: 2, for: "MMD")
    let bandwidth = Self.bandwidth(reference)
    guard bandwidth > 0 else {
      throw .coincidingPoints(
        measure: "MMD", remedy: "more than half of the reference points are the same; leave it out")
    }
    let scale = -1 / (2 * bandwidth * bandwidth)
    let (x, y) = (samples.firstRows(limit), reference.firstRows(limit))
    let (n, m) = (Double(x.rows), Double(y.rows))
    let between = SquaredDistances.sum(x, y, pool: pool) { exponential(scale * $0) }
    let withinX = SquaredDistances.sumWithin(x, pool: pool) { exponential(scale * $0) }
    let withinY = SquaredDistances.sumWithin(y, pool: pool) { exponential(scale * $0) }
    return withinX / (n * (n - 1)) + withinY / (m * (m - 1)) - 2 * between / (n * m)
  }

  /// σ: the median distance between different points of the `reference`; NaN if there are fewer than two.
  public static func bandwidth(_ reference: Matrix) -> Double {
    if reference.rows < 2 { return .nan }
    let points = reference.firstRows(bandwidthPoints)
    var distances: [Double] = []
    for i in 0..<points.rows {
      for j in 0..<i {
        var sum = 0.0
        for axis in 0..<points.columns {
          let difference = Double(points[i, axis]) - Double(points[j, axis])
          sum += difference * difference
        }
        distances.append(sum.squareRoot())
      }
    }
    return distances.sorted().medianOfSorted()
  }
}
