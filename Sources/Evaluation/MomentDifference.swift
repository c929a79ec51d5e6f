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
  package init(samples: Matrix, reference: Matrix) throws(EvaluationError) {
    try PointSets.check(
      samples: samples, reference: reference, needed: 2, for: "means and standard deviations")
    let (a, b) = (Moments(samples), Moments(reference))
    var (mean, standardDeviation) = (0.0, 0.0)
    for column in a.mean.indices where b.variance(column) > 0 {
      let unit = b.variance(column).squareRoot()
      mean = max(mean, (a.mean[column] - b.mean[column]).magnitude / unit)
      standardDeviation = max(
        standardDeviation, (a.variance(column).squareRoot() / unit - 1).magnitude)
    }
    self.mean = mean
    self.standardDeviation = standardDeviation
  }
}
