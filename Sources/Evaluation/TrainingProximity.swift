import LangevinThreading
public import LinearAlgebra

/// A check for copies of training points, which compares the samples' distances to the nearest training point
/// with those of fresh real points.
///
///     ratio = median distance of samples / median distance of fresh points     (1: no copying, 0: copies)
///     share = P(a sample is nearer than a fresh point), ties counting half     (.5: no copying, 1: copies)
///
/// The share is the Mann–Whitney statistic over the number of pairs, as in Meehan, Chaudhuri and Dasgupta,
/// "A non-parametric test to detect data-copying in generative models", 2020 (arXiv 2004.05675). Samples
/// that miss the distribution lie farther from training points, which hides copies, so check the other
/// measures as well. The norm is Euclidean, and all points are used: O(n log n) in few dimensions.
public struct TrainingProximity: Sendable, Hashable, Codable {
  /// The mean distance of a sample to its nearest training point.
  public let mean: Double
  /// The median of these distances.
  public let median: Double
  /// The ratio of ``median`` to the median of the fresh points.
  public let ratio: Double
  /// The probability that a sample is nearer to the training set than a fresh point is.
  public let share: Double

  /// Measures `samples` and `fresh` points against the `training` set.
  public init(
    samples: Matrix<Float>, fresh: Matrix<Float>, training: Matrix<Float>, threads: Int = 1
  ) throws(EvaluationError) {
    let pool = ThreadPool(threads: threads)
    let name = "distance to training points"
    try PointSets.check(samples: samples, reference: fresh, for: name)
    try PointSets.check(samples: samples, reference: training, for: name)
    let tree = KDTree(training)
    let distances = tree.distances(from: samples, toNeighbor: 1, pool: pool).sorted()
    let freshDistances = tree.distances(from: fresh, toNeighbor: 1, pool: pool).sorted()
    let freshMedian = freshDistances.medianOfSorted()
    guard freshMedian > 0 else {
      throw .coincidingPoints(
        measure: name, remedy: "use fresh points that the training set does not contain")
    }
    mean = distances.reduce(0, +) / Double(distances.count)
    median = distances.medianOfSorted()
    ratio = median / freshMedian
    share = Self.probabilityOfLess(distances, freshDistances)
  }

  /// Returns P(a < b) + P(a = b) / 2 for a and b drawn from two ascending lists.
  private static func probabilityOfLess(_ a: [Double], _ b: [Double]) -> Double {
    var (less, notMore, sum) = (0, 0, 0)
    for value in b {
      while less < a.count && a[less] < value { less += 1 }
      while notMore < a.count && a[notMore] <= value { notMore += 1 }
      sum += less + notMore
    }
    return Double(sum) / (2 * Double(a.count) * Double(b.count))
  }
}
