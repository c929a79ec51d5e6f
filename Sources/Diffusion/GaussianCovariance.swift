/// The covariance of a Gaussian in d columns.
public enum GaussianCovariance: Sendable, Hashable {
  /// The same variance v for each column: v I.
  case isotropic(Double)
  /// The variance of each column.
  case diagonal([Double])
  /// All covariances, row by row: d² elements, symmetric.
  case full([Double])
}
