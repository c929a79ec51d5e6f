import LangevinPreconditions
import LangevinThreading
public import LinearAlgebra

/// The energy distance between two sets of points:
///
///     E = 2 mean‖x − y‖ − mean‖x − x'‖ − mean‖y − y'‖
///
/// with means over pairs of different points, so that its expectation is 0 for equal distributions (it may
/// be negative). Székely and Rizzo, "Energy statistics: a class of statistics based on distances", 2013.
///
/// The first `limit` points of each set are used; O(limit² d).
public struct EnergyDistance: Sendable, Hashable {
  /// How many points of each set are used at most.
  public let limit: Int

  /// The distance over at most `limit` points of each set.
  public init(limit: Int = 4000) {
    require(limit > 1, "EnergyDistance: a limit of \(limit) leaves no pairs")
    self.limit = limit
  }

  /// The distance between `samples` and `reference`.
  public func distance(
    samples: Matrix, reference: Matrix, threads: Int = 1
  ) throws(EvaluationError) -> Double {
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
