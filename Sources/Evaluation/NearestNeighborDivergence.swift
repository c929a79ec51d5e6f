import LangevinPreconditions
import LangevinThreading
public import LinearAlgebra

extension Distance {
  /// Returns the Kullback–Leibler divergence KL(P ‖ Q) in bits, estimated from nearest neighbors:
  ///
  ///     D = (log m − log(n − 1) + d · mean(log ν − log ρ)) / log 2
  ///
  /// for n data points (from P) and m samples (from Q) in d dimensions. ρ is the distance from a data point
  /// to its k-th neighbor among the other data points, and ν the distance to its k-th neighbor among the
  /// samples, both in the maximum norm.
  ///
  /// Wang, Kulkarni and Verdú, "Divergence estimation for multidimensional densities via k-nearest-neighbor
  /// distances", 2009, in the form of NPEET's `kldiv(data, sample, k)`. All points are used:
  /// O((n + m) log(n + m)) in few dimensions. The estimate is off by a few hundredths and may be negative.
  ///
  /// - Parameters:
  ///   - samples: The samples, points × d; more than `neighbor`.
  ///   - reference: Real points, points × d; more than `neighbor`.
  ///   - neighbor: The number k of the neighbor.
  ///   - threads: The number of threads. It does not change the result.
  public static func nearestNeighborKL(
    samples: Matrix<Float>, reference: Matrix<Float>, neighbor: Int = 5, threads: Int = 1
  ) throws(EvaluationError) -> Double {
    require(neighbor > 0, "k-NN KL: neighbor \(neighbor) must be positive")
    let pool = ThreadPool(threads: threads)
    let name = "k-NN KL"
    try PointSets.check(samples: samples, reference: reference, needed: neighbor + 1, for: name)
    let rho = KDTree(reference, norm: .maximum)
      .distances(from: reference, toNeighbor: neighbor, excludingSelf: true, pool: pool)
    let nu = KDTree(samples, norm: .maximum)
      .distances(from: reference, toNeighbor: neighbor, pool: pool)
    var sum = 0.0
    for (rho, nu) in zip(rho, nu) {
      guard rho > 0 && nu > 0 else {
        throw .coincidingPoints(
          measure: name, remedy: "add a little noise to both sets, or use a farther neighbor")
      }
      sum += logarithm(nu) - logarithm(rho)
    }
    let (n, m) = (Double(reference.rows), Double(samples.rows))
    let nats = logarithm(m) - logarithm(n - 1) + Double(reference.columns) * sum / n
    return nats / logarithm(2)
  }
}
