import LangevinPreconditions
import LangevinThreading
public import LinearAlgebra

/// How far the samples lie where real points do, and the other way round, by balls around each point
/// of one set that reach its k-th neighbor in that set (Euclidean norm, k = 5):
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
  /// As precision, but counting balls; not bounded by 1, which is its mean for equal distributions.
  public let density: Double
  /// The share of real points with a sample nearby; 1 - 2⁻ᵏ for equal distributions and many points.
  public let coverage: Double

  /// Compares `samples` with `reference` by balls that reach the `neighbor`-th neighbor.
  public init(
    samples: Matrix, reference: Matrix, neighbor: Int = 5,
    threads: Int = 1
  ) throws(EvaluationError) {
    let pool = ThreadPool(threads: threads)
    require(neighbor > 0, "NeighborhoodOverlap: neighbor \(neighbor) is not 1 or more")
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

  /// In how many balls each of `points` is, and how many each ball holds; the balls are around `centers`, whose
  /// tree is `tree`.
  private static func countBalls(
    around centers: Matrix, _ tree: KDTree, holding points: KDTree, neighbor: Int, pool: ThreadPool
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
