import LangevinPreconditions
import LangevinThreading
public import LinearAlgebra

extension Distance {
  /// Returns the squared maximum mean discrepancy with a Gaussian kernel, estimated without bias:
  ///
  ///     MMD² = mean k(x, x') + mean k(y, y') − 2 mean k(x, y),    k(a, b) = exp(−‖a − b‖² / (2σ²))
  ///
  /// The means are over pairs of different points, so the expectation is 0 for equal distributions, and a
  /// value may be negative. The bandwidth σ is the median distance between the first 500 points of the
  /// reference; it does not depend on the samples.
  ///
  /// Gretton et al., "A kernel two-sample test", 2012. The first `limit` points of each set are used;
  /// O(limit² d).
  ///
  /// - Parameters:
  ///   - samples: The samples, points × d; at least two.
  ///   - reference: Real points, points × d; at least two.
  ///   - limit: The maximum number of points used from each set, at least 2.
  ///   - threads: The number of threads. It does not change the result.
  public static func squaredMMD(
    samples: Matrix<Float>, reference: Matrix<Float>, limit: Int = pairLimit, threads: Int = 1
  ) throws(EvaluationError) -> Double {
    require(limit > 1, "MMD: a limit of \(limit) leaves no pairs")
    let pool = ThreadPool(threads: threads)
    try PointSets.check(samples: samples, reference: reference, needed: 2, for: "MMD")
    let bandwidth = bandwidth(reference)
    guard bandwidth > 0 else {
      throw .coincidingPoints(
        measure: "MMD", remedy: "leave the measure out, since most reference points are the same")
    }
    let scale = -1 / (2 * bandwidth * bandwidth)
    let (x, y) = (samples.firstRows(limit), reference.firstRows(limit))
    let (n, m) = (Double(x.rows), Double(y.rows))
    let between = SquaredDistances.sum(x, y, pool: pool) { exponential(scale * $0) }
    let withinX = SquaredDistances.sumWithin(x, pool: pool) { exponential(scale * $0) }
    let withinY = SquaredDistances.sumWithin(y, pool: pool) { exponential(scale * $0) }
    return withinX / (n * (n - 1)) + withinY / (m * (m - 1)) - 2 * between / (n * m)
  }

  /// Returns σ, the median distance between the first 500 points of the `reference`, or NaN if there are
  /// fewer than two points.
  package static func bandwidth(_ reference: Matrix<Float>) -> Double {
    if reference.rows < 2 { return .nan }
    let points = reference.firstRows(500)
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
