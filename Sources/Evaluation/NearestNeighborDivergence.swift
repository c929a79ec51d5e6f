import LangevinPreconditions
import LangevinThreading
public import LinearAlgebra

/// The Kullback–Leibler divergence KL(P ‖ Q) in bits, estimated from nearest neighbors:
///
///     D = (log m − log(n − 1) + d · mean(log ν − log ρ)) / log 2
///
/// with n points of the data (from P) and m of the samples (from Q) in d dimensions; ρ is the distance
/// from a data point to its k-th neighbor among the other data, ν to its k-th among the samples,
/// in the maximum norm.
///
/// Wang, Kulkarni and Verdú, "Divergence estimation for multidimensional densities via k-nearest-neighbor
/// distances", 2009, in the form of NPEET's `kldiv(data, sample, k)`. All points are used:
/// O((n + m) log(n + m)) in few dimensions. The estimate is off by some hundredths and may be negative.
public struct NearestNeighborDivergence: Sendable, Hashable {
  /// k: which neighbor.
  public let neighbor: Int

  /// The divergence by distances to the `neighbor`-th neighbors.
  public init(neighbor: Int = 5) {
    require(neighbor > 0, "NearestNeighborDivergence: neighbor \(neighbor) is not 1 or more")
    self.neighbor = neighbor
  }

  /// KL(data ‖ samples) in bits.
  public func bits(
    samples: Matrix, data: Matrix, threads: Int = 1
  ) throws(EvaluationError) -> Double {
    let pool = ThreadPool(threads: threads)
    let name = "k-NN KL"
    try PointSets.check(samples: samples, reference: data, needed: neighbor + 1, for: name)
    let rho = KDTree(data, norm: .maximum)
      .distances(from: data, toNeighbor: neighbor, excludingSelf: true, pool: pool)
    let nu = KDTree(samples, norm: .maximum)
      .distances(from: data, toNeighbor: neighbor, pool: pool)
    var sum = 0.0
    for (rho, nu) in zip(rho, nu) {
      guard rho > 0 && nu > 0 else {
        throw .coincidingPoints(
          measure: name, remedy: "add a little noise to both sets, or raise the neighbor's number")
      }
      sum += logarithm(nu) - logarithm(rho)
    }
    let (n, m) = (Double(data.rows), Double(samples.rows))
    let nats = logarithm(m) - logarithm(n - 1) + Double(data.columns) * sum / n
    return nats / logarithm(2)
  }
}
