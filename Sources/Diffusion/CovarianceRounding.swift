/// The effect of rounding on covariances of data, which have no negative eigenvalue without it.
///
/// A sum of n products is off by at most n u of the sum of their magnitudes, u = 2⁻⁵³, and that is at most
/// √(Σᵢᵢ Σⱼⱼ) by Cauchy and Schwarz. In units of the deviations, where the diagonal is 1, each element is
/// therefore off by at most n u, and the least eigenvalue of d columns by n u d. Equal rows, of which tables of
/// categories have many, are rounded in the same direction, so the errors do grow with n, and not with √n.
///
/// Singular covariances are usual: the coordinates of a column of categories sum to 1.
enum CovarianceRounding {
  /// The largest number of rows of data.
  private static let mostRows = 0x1p31

  /// The largest distance below 0 that rounding brings an eigenvalue, per column, in units of the deviations.
  private static let largest = mostRows * 0x1p-53

  /// Returns whether `matrix`, of `order`² elements, is finite and symmetric, and has no eigenvalue farther
  /// below 0 than rounding may bring one.
  static func isCovariance(_ matrix: [Double], order: Int) -> Bool {
    guard matrix.allSatisfy(\.isFinite) else { return false }
    var correlation = matrix
    for i in 0..<order {
      for j in 0...i {
        let (variance, other) = (matrix[i * order + i], matrix[j * order + j])
        let element = matrix[i * order + j]
        guard element == matrix[j * order + i], variance >= 0, other >= 0 else { return false }
        // A constant column varies with no other.
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
