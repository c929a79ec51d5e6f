/// The effect of rounding on covariances of data. Without rounding, they have no negative eigenvalue.
///
/// A sum of n products is off by at most n u times the sum of their magnitudes, with u = 2⁻⁵³. By the
/// Cauchy-Schwarz inequality, that sum is at most √(Σᵢᵢ Σⱼⱼ). In units of the deviations, where the diagonal
/// is 1, each element is therefore off by at most n u, and the smallest eigenvalue of d columns by n u d.
/// Equal rows, which are common in tables of categories, are rounded in the same direction, so the errors
/// grow with n and not with √n.
///
/// Singular covariances are common: the coordinates of a categorical column sum to 1.
enum CovarianceRounding {
  /// The largest number of rows of data.
  private static let mostRows = 0x1p31

  /// The farthest that rounding can push an eigenvalue below 0, per column, in units of the deviations.
  private static let largest = mostRows * 0x1p-53

  /// Returns whether `matrix`, of `order`² elements, is finite and symmetric, and has no eigenvalue farther
  /// below 0 than rounding can explain.
  static func isCovariance(_ matrix: [Double], order: Int) -> Bool {
    guard matrix.allSatisfy(\.isFinite) else { return false }
    var correlation = matrix
    for i in 0..<order {
      for j in 0...i {
        let (variance, other) = (matrix[i * order + i], matrix[j * order + j])
        let element = matrix[i * order + j]
        guard element == matrix[j * order + i], variance >= 0, other >= 0 else { return false }
        // A constant column has no covariance with any other.
        if element != 0 && (variance == 0 || other == 0) { return false }
        let scaled = element == 0 ? 0 : element / variance.squareRoot() / other.squareRoot()
        guard scaled.isFinite else { return false }
        correlation[i * order + j] = scaled
        correlation[j * order + i] = scaled
      }
    }
    let least = SymmetricEigensystem(correlation, order: order).values.min() ?? 0
    return least >= -largest * Double(order)
  }
}
