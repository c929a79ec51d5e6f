import LangevinPreconditions
import LangevinThreading
public import LinearAlgebra

/// A test of how well a classifier tells apart two sets of equal size.
///
/// The accuracy is the share of points assigned to the right set. Each point is judged by a classifier
/// trained on the other folds of both sets. The accuracy is 0.5 for indistinguishable sets and 1 for
/// separated ones.
///
/// Lopez-Paz and Oquab, "Revisiting classifier two-sample tests", 2017 (arXiv 1610.06545). The classifier is
/// `GradientBoosting`, with the settings of scikit-learn's `HistGradientBoostingClassifier`. The first n
/// points of each set are used, where n is the size of the smaller set, at most `limit`.
public struct ClassifierTwoSampleTest: Sendable, Hashable, Codable {
  /// The share of points assigned to the right set, as the mean over the folds.
  public let accuracy: Double
  /// The accuracy of each fold.
  public let foldAccuracies: [Double]
  /// The standard deviation of the accuracy of random guesses: √(0.25 / 2n).
  public let standardError: Double

  static let defaultLimit = 20_000

  /// Tests how well a classifier tells `samples` from `reference`.
  ///
  /// - Parameters:
  ///   - samples: The samples, points × d; at least one per fold.
  ///   - reference: Real points, points × d; at least one per fold.
  ///   - folds: The number of folds that each set is divided into, at least 2.
  ///   - limit: The maximum number of points used from each set; 20 000 unless given.
  ///   - seed: The seed that assigns points to folds.
  ///   - threads: The number of threads. It does not change the result.
  public init(
    samples: Matrix<Float>, reference: Matrix<Float>, folds: Int = 3, limit: Int? = nil,
    seed: UInt64 = 0,
    threads: Int = 1
  ) throws(EvaluationError) {
    let limit = limit ?? Self.defaultLimit
    require(
      folds > 1 && limit >= folds,
      "ClassifierTwoSampleTest: \(limit) points in \(folds) folds; use 2 or more, none empty")
    let pool = ThreadPool(threads: threads)
    try PointSets.check(
      samples: samples, reference: reference, needed: folds, for: "two-sample test")
    let count = min(samples.rows, reference.rows, limit)
    let points = Matrix.vertically([samples.firstRows(count), reference.firstRows(count)])
    let accuracies = pool.map(folds) {
      Self.accuracy(fold: $0, of: folds, seed: seed, points, count)
    }
    accuracy = accuracies.reduce(0, +) / Double(folds)
    foldAccuracies = accuracies
    standardError = (0.25 / Double(2 * count)).squareRoot()
  }

  private static func accuracy(
    fold: Int, of folds: Int, seed: UInt64, _ points: Matrix<Float>, _ count: Int
  ) -> Double {
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
