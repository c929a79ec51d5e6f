import LangevinPreconditions
import LangevinThreading
public import LinearAlgebra

/// The overlap of samples and real points, measured with a ball around each point of a set that reaches
/// its k-th neighbor in that set (Euclidean norm, k = 5):
///
///     precision = share of samples in a ball of a real point
///     recall    = share of real points in a ball of a sample
///     density   = Σ_samples (number of real points' balls that hold it) / (k · samples)
///     coverage  = share of real points whose ball holds a sample
///
/// Precision and recall: Kynkäänniemi et al., "Improved precision and recall metric for assessing
/// generative models", 2019 (arXiv 1904.06991). Density and coverage: Naeem et al., "Reliable fidelity
/// and diversity metrics for generative models", 2020 (arXiv 2002.09797). O(n log n) in few dimensions.
public struct NeighborhoodOverlap: Sendable, Hashable, Codable {
  /// The share of samples that lie where real points do.
  public let precision: Double
  /// The share of real points that lie where samples do.
  public let recall: Double
  /// The mean number of real points' balls that hold a sample, divided by k. It is not bounded by 1, which is
  /// its mean for equal distributions.
  public let density: Double
  /// The share of real points with a sample nearby; 1 - 2⁻ᵏ for equal distributions and many points.
  public let coverage: Double

  /// Compares `samples` with `reference`, using balls that reach the `neighbor`-th neighbor.
  public init(
    samples: Matrix<Float>, reference: Matrix<Float>, neighbor: Int = 5,
    threads: Int = 1
  ) throws(EvaluationError) {
    let pool = ThreadPool(threads: threads)
    require(neighbor > 0, "NeighborhoodOverlap: neighbor \(neighbor) must be positive")
    try PointSets.check(
      samples: samples, reference: reference, needed: neighbor + 1, for: "precision and recall")
    let (sampleTree, referenceTree) = (KDTree(samples), KDTree(reference))
    let inReferenceBalls = Self.countBalls(
      around: reference, referenceTree, holding: sampleTree, neighbor: neighbor, pool: pool)
    let inSampleBalls = Self.countBalls(
      around: samples, sampleTree, holding: referenceTree, neighbor: neighbor, pool: pool)
    precision = Self.share(of: inReferenceBalls.ballsPerPoint) { $0 > 0 }
    recall = Self.share(of: inSampleBalls.ballsPerPoint) { $0 > 0 }
    coverage = Self.share(of: inReferenceBalls.pointsPerBall) { $0 > 0 }
    density =
      Double(inReferenceBalls.ballsPerPoint.reduce(0, +)) / Double(neighbor * samples.rows)
  }

  /// Counts the balls that hold each of `points`, and the points that each ball holds. The balls are around
  /// `centers`, whose tree is `tree`.
  private static func countBalls(
    around centers: Matrix<Float>, _ tree: KDTree, holding points: KDTree, neighbor: Int,
    pool: ThreadPool
  ) -> (ballsPerPoint: [Int], pointsPerBall: [Int]) {
    let radii = tree.reducedDistances(
      from: centers, toNeighbor: neighbor, excludingSelf: true, pool: pool)
    let held = points.rows(within: radii, of: centers, pool: pool)
    var ballsPerPoint = [Int](repeating: 0, count: points.count)
    for rows in held {
      for row in rows { ballsPerPoint[Int(row)] += 1 }
    }
    return (ballsPerPoint, held.map(\.count))
  }

  private static func share(of counts: [Int], where isCounted: (Int) -> Bool) -> Double {
    Double(counts.count(where: isCounted)) / Double(counts.count)
  }
}
