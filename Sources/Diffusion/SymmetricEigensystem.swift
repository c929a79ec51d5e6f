import LangevinPreconditions

/// The eigensystem Σ = V diag(λ) Vᵀ of a symmetric matrix in `Double`, by Jacobi rotations.
///
/// It is meant for covariances of some tens of columns, and exact to rounding, including the small
/// eigenvalues of definite matrices. The package calls LAPACK only for `Float`.
struct SymmetricEigensystem: Sendable {
  /// The eigenvalues λ, in no particular order.
  let values: [Double]
  /// The eigenvectors V, row by row: column j belongs to `values[j]`.
  let vectors: [Double]

  /// The eigenvalues as variances: those that rounding makes negative are 0 here. ``CovarianceRounding``
  /// checks that rounding is the reason.
  var variances: [Double] { values.map { max($0, 0) } }

  /// Computes the eigensystem of `matrix`, of `order`² elements.
  init(_ matrix: [Double], order: Int) {
    require(
      matrix.count == order * order,
      "SymmetricEigensystem: \(matrix.count) elements for the order \(order)")
    var a = matrix
    var v = [Double](repeating: 0, count: order * order)
    for i in 0..<order { v[i * order + i] = 1 }
    // Convergence is quadratic; about ten sweeps are the most ever needed.
    for _ in 0..<50 {
      var rotated = false
      for p in 0..<order {
        for q in p + 1..<max(order, p + 1) {
          let element = a[p * order + q]
          let (first, second) = (a[p * order + p], a[q * order + q])
          // Negligible relative to both diagonal elements, as relative precision requires.
          if abs(element) <= 1e-17 * (abs(first) * abs(second)).squareRoot() { continue }
          rotated = true
          // The smaller root of t² + 2 θ t - 1 = 0 is the tangent of the angle.
          let theta = (second - first) / (2 * element)
          let tangent = (theta < 0 ? -1 : 1) / (abs(theta) + (theta * theta + 1).squareRoot())
          let cosine = 1 / (tangent * tangent + 1).squareRoot()
          let sine = tangent * cosine
          for k in 0..<order {
            let (x, y) = (a[k * order + p], a[k * order + q])
            a[k * order + p] = cosine * x - sine * y
            a[k * order + q] = sine * x + cosine * y
          }
          for k in 0..<order {
            let (x, y) = (a[p * order + k], a[q * order + k])
            a[p * order + k] = cosine * x - sine * y
            a[q * order + k] = sine * x + cosine * y
          }
          a[p * order + q] = 0
          a[q * order + p] = 0
          for k in 0..<order {
            let (x, y) = (v[k * order + p], v[k * order + q])
            v[k * order + p] = cosine * x - sine * y
            v[k * order + q] = sine * x + cosine * y
          }
        }
      }
      if !rotated { break }
    }
    values = (0..<order).map { a[$0 * order + $0] }
    vectors = v
  }
}

extension DataMoments {
  /// The eigensystem of the covariances, or of the variances alone where there are no covariances.
  var eigensystem: SymmetricEigensystem {
    SymmetricEigensystem(covariance ?? diagonalMatrix(variance), order: dimension)
  }
}

/// Returns the square matrix, row by row, with `diagonal` on its diagonal.
func diagonalMatrix(_ diagonal: [Double]) -> [Double] {
  let order = diagonal.count
  var matrix = [Double](repeating: 0, count: order * order)
  for i in 0..<order { matrix[i * order + i] = diagonal[i] }
  return matrix
}
