package import LinearAlgebra

/// The largest differences between the columns' means and standard deviations, in units of the
/// reference's standard deviation. All points are used: O(n d²).
package struct MomentDifference: Sendable, Hashable, Codable {
  /// The largest difference of means: max_c |μ_c(samples) − μ_c(reference)| / σ_c(reference).
  package let mean: Double
  /// The largest relative difference of standard deviations: max_c |σ_c(samples) / σ_c(reference) − 1|.
  package let standardDeviation: Double

  /// Compares the columns of `samples` with those of `reference`, skipping columns that are constant in
  /// the reference.
  package init(samples: Matrix<Float>, reference: Matrix<Float>) throws(EvaluationError) {
    try PointSets.check(
      samples: samples, reference: reference, needed: 2, for: "means and standard deviations")
    let (a, b) = (Moments(samples), Moments(reference))
    let (variancesA, variancesB) = (a.variances, b.variances)
    var (mean, standardDeviation) = (0.0, 0.0)
    for column in variancesB.indices where variancesB[column] > 0 {
      let unit = variancesB[column].squareRoot()
      mean = max(mean, (a.mean[0, column] - b.mean[0, column]).magnitude / unit)
      standardDeviation = max(
        standardDeviation, (variancesA[column].squareRoot() / unit - 1).magnitude)
    }
    self.mean = mean
    self.standardDeviation = standardDeviation
  }
}
