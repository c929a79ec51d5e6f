import LangevinPreconditions
import LangevinThreading
public import LinearAlgebra

/// How well a classifier tells two sets of equally many points apart: the share of points that it assigns to the
/// right set, each point being judged by a classifier that was trained on other thirds of both sets. .5 if
/// they are indistinguishable, 1 if they are apart.
///
/// Lopez-Paz and Oquab, "Revisiting classifier two-sample tests", 2017 (arXiv 1610.06545). The classifier is
/// `GradientBoosting`, with the settings of scikit-learn's `HistGradientBoostingClassifier`. The first n
/// points of each set are used, n being the number in the smaller set, at most `limit`.
public struct ClassifierTwoSampleTest: Sendable, Hashable {
  /// How well the sets could be told apart.
  public struct Result: Sendable, Hashable, Codable {
    /// The share of points assigned to the right set: the mean over the folds.
    public let accuracy: Double
    /// The same, fold by fold.
    public let foldAccuracies: [Double]
    /// The standard deviation of the accuracy if it is a coin that assigns: √(.25 / 2n).
    public let standardError: Double
  }

  /// How many parts the sets are cut into.
  public let folds: Int
  /// How many points of each set are used at most.
  public let limit: Int
  /// The seed that assigns points to folds.
  public let seed: UInt64

  /// The test with so many folds.
  public init(folds: Int = 3, limit: Int = 20_000, seed: UInt64 = 0) {
    require(
      folds > 1 && limit >= folds,
      "ClassifierTwoSampleTest: \(folds) folds of \(limit) points are not enough")
    self.folds = folds
    self.limit = limit
    self.seed = seed
  }

  /// Tells `samples` from `reference`.
  public func result(
    samples: Matrix, reference: Matrix, threads: Int = 1
  ) throws(EvaluationError) -> Result {
    let pool = ThreadPool(threads: threads)
    try PointSets.check(
      samples: samples, reference: reference, needed: folds, for: "two-sample test")
    let count = min(samples.rows, reference.rows, limit)
    let points = Matrix.vertically([samples.firstRows(count), reference.firstRows(count)])
    let accuracies = pool.map(folds) { accuracy(fold: $0, points, count) }
    return Result(
      accuracy: accuracies.reduce(0, +) / Double(folds), foldAccuracies: accuracies,
      standardError: (0.25 / Double(2 * count)).squareRoot())
  }

  private func accuracy(fold: Int, _ points: Matrix, _ count: Int) -> Double {
    var training: [Int] = []
    var test: [Int] = []
    for set in 0..<2 {
      let order = EvaluationStream.order.permutation(count, seed: seed, index: set)
      let part = fold * count / folds..<(fold + 1) * count / folds
      for (place, row) in order.enumerated() {
        if part.contains(place) {
          test.append(set * count + row)
        } else {
          training.append(set * count + row)
        }
      }
    }
    let classifier = GradientBoosting(
      points.rows(at: training), labeled: training.map { $0 >= count }, seed: seed)
    let answers = classifier.logOdds(points.rows(at: test))
    let right = zip(answers, test).count { ($0 > 0) == ($1 >= count) }
    return Double(right) / Double(test.count)
  }
}
