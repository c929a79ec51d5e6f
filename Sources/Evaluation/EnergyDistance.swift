import LangevinPreconditions
import LangevinThreading
public import LinearAlgebra

extension Distance {
  /// Returns the energy distance between two sets of points:
  ///
  ///     E = 2 mean‖x − y‖ − mean‖x − x'‖ − mean‖y − y'‖
  ///
  /// The means are over pairs of different points, so the expectation is 0 for equal distributions, and a
  /// value may be negative. Székely and Rizzo, "Energy statistics: a class of statistics based on distances",
  /// 2013.
  ///
  /// The first `limit` points of each set are used; O(limit² d).
  ///
  /// - Parameters:
  ///   - samples: The samples, points × d; at least two.
  ///   - reference: Real points, points × d; at least two.
  ///   - limit: The maximum number of points used from each set, at least 2.
  ///   - threads: The number of threads. It does not change the result.
  public static func energy(
    samples: Matrix<Float>, reference: Matrix<Float>, limit: Int = pairLimit, threads: Int = 1
  ) throws(EvaluationError) -> Double {
    require(limit > 1, "energy distance: a limit of \(limit) leaves no pairs")
    let pool = ThreadPool(threads: threads)
    try PointSets.check(
      samples: samples, reference: reference, needed: 2, for: "energy distance")
    let (x, y) = (samples.firstRows(limit), reference.firstRows(limit))
    let (n, m) = (Double(x.rows), Double(y.rows))
    let between = SquaredDistances.sum(x, y, pool: pool) { $0.squareRoot() }
    let withinX = SquaredDistances.sumWithin(x, pool: pool) { $0.squareRoot() }
    let withinY = SquaredDistances.sumWithin(y, pool: pool) { $0.squareRoot() }
    return 2 * between / (n * m) - withinX / (n * (n - 1)) - withinY / (m * (m - 1))
  }
}
