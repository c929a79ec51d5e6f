import LangevinPreconditions
package import LinearAlgebra

/// A classifier of points into two classes: a sum of small trees, each a Newton step on the logistic loss of
/// the trees before it:
///
///     log-odds(x) = log(n₁ / n₀) + Σ η treeᵢ(x)
///
/// Friedman, "Greedy function approximation: a gradient boosting machine", 2001; histograms and growth leaf
/// by leaf as in Ke et al., "LightGBM", 2017. The method is that of scikit-learn's
/// `HistGradientBoostingClassifier`, with its default settings. The accuracies are the same except for the
/// choice of the rows held out for early stopping. O(iterations · n d log leaves).
package struct GradientBoosting: Sendable {
  private static let iterations = 100
  private static let learningRate = 0.1
  private static let maximumLeaves = 31
  private static let minimumLeafCount = 20
  /// With more rows than this, some are held out, and training stops when their loss no longer falls.
  private static let stopsEarlyAbove = 10_000
  private static let heldOutShare = 0.1
  private static let patience = 10
  private static let tolerance = 1e-7

  private let bins: FeatureBins
  private let baseline: Double
  private var trees: [DecisionTree] = []

  /// Trains a classifier to tell the rows of `points` that are `labeled` from the others. Both kinds must
  /// occur. `seed` selects the held-out rows.
  package init(_ points: Matrix<Float>, labeled: [Bool], seed: UInt64 = 0) {
    require(
      labeled.count == points.rows,
      "GradientBoosting: \(labeled.count) labels for \(points.rows) points")
    require(
      labeled.contains(true) && labeled.contains(false),
      "GradientBoosting: all labels are the same")
    let heldOut =
      points.rows > Self.stopsEarlyAbove ? Self.heldOutRows(labeled, seed: seed) : []
    let isHeldOut = Set(heldOut)
    let training = labeled.indices.filter { !isHeldOut.contains($0) }
    let trainingPoints = points.rows(at: training)
    bins = FeatureBins(trainingPoints)
    let labels = training.map { labeled[$0] }
    let share = Double(labels.count { $0 }) / Double(labels.count)
    baseline = logarithm(share / (1 - share))
    var validation = Validation(
      data: bins.bins(of: points.rows(at: heldOut)), labels: heldOut.map { labeled[$0] },
      baseline: baseline)
    fit(bins.bins(of: trainingPoints), labels, &validation)
  }

  /// Returns the log-odds that each row of `points` is labeled.
  package func logOdds(_ points: Matrix<Float>) -> [Double] {
    let data = bins.bins(of: points)
    return (0..<points.rows).map { row in
      trees.reduce(baseline) { $0 + $1.value(row, of: points.rows, data: data) }
    }
  }

  private mutating func fit(_ data: [UInt8], _ labels: [Bool], _ validation: inout Validation) {
    var logOdds = [Double](repeating: baseline, count: labels.count)
    var slopes = [Slope](repeating: Slope(gradient: 0, curvature: 0), count: labels.count)
    for _ in 0..<Self.iterations {
      for row in labels.indices {
        let probability = 1 / (1 + exponential(-logOdds[row]))
        slopes[row] = Slope(
          gradient: probability - (labels[row] ? 1 : 0), curvature: probability * (1 - probability))
      }
      let grower = TreeGrower(
        data: data, columns: bins.columns, slopes: slopes, maximumLeaves: Self.maximumLeaves,
        minimumCount: Self.minimumLeafCount, learningRate: Self.learningRate)
      trees.append(grower.tree)
      for leaf in grower.leaves {
        for row in grower.order[leaf.places] { logOdds[Int(row)] += leaf.value }
      }
      validation.add(grower.tree)
      if validation.hasStopped(patience: Self.patience, tolerance: Self.tolerance) { return }
    }
  }

  /// Returns the held-out rows, the same share of each class.
  private static func heldOutRows(_ labeled: [Bool], seed: UInt64) -> [Int] {
    let order = EvaluationStream.validation.permutation(labeled.count, seed: seed)
    return [true, false].flatMap { label in
      let rows = order.filter { labeled[$0] == label }
      return rows.prefix(Int((heldOutShare * Double(rows.count)).rounded()))
    }
  }
}

/// The held-out rows, and their mean loss after each tree.
private struct Validation {
  private let data: [UInt8]
  private let labels: [Bool]
  private var logOdds: [Double]
  private var losses: [Double] = []

  init(data: [UInt8], labels: [Bool], baseline: Double) {
    self.data = data
    self.labels = labels
    logOdds = Array(repeating: baseline, count: labels.count)
    if !labels.isEmpty { losses = [meanLoss] }
  }

  mutating func add(_ tree: DecisionTree) {
    guard !labels.isEmpty else { return }
    for row in labels.indices { logOdds[row] += tree.value(row, of: labels.count, data: data) }
    losses.append(meanLoss)
  }

  /// Returns whether none of the last `patience` losses is more than `tolerance` below the loss before them.
  func hasStopped(patience: Int, tolerance: Double) -> Bool {
    guard losses.count > patience else { return false }
    let reference = losses[losses.count - patience - 1]
    return losses.suffix(patience).allSatisfy { $0 >= reference - tolerance }
  }

  private var meanLoss: Double {
    var sum = 0.0
    for row in labels.indices {
      let margin = labels[row] ? logOdds[row] : -logOdds[row]
      sum += max(0, -margin) + logOnePlus(exponential(-margin.magnitude))
    }
    return sum / Double(labels.count)
  }
}
