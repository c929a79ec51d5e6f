import LangevinPreconditions

/// Σ = V diag(λ) Vᵀ of a symmetric matrix in `Double`, by Jacobi's rotations.
///
/// For the covariances of some tens of columns: exact to rounding, small eigenvalues of definite
/// matrices included. LAPACK is called for `Float` alone.
struct SymmetricEigensystem: Sendable {
  /// λ, in no order.
  let values: [Double]
  /// V, row by row: column j belongs to `values[j]`.
  let vectors: [Double]

  /// ``values`` as variances: what rounding leaves of 0 may be negative, and is 0 here. Whether it was
  /// rounding, ``CovarianceRounding`` tells.
  var variances: [Double] { values.map { max($0, 0) } }

  /// The eigensystem of `matrix`, of `order`² elements.
  init(_ matrix: [Double], order: Int) {
    require(
      matrix.count == order * order,
      "SymmetricEigensystem: \(matrix.count) elements for the order \(order)")
    var a = matrix
    var v = [Double](repeating: 0, count: order * order)
    for i in 0..<order { v[i * order + i] = 1 }
    // Convergence is quadratic; some ten sweeps are the most that is ever needed.
    for _ in 0..<50 {
      var rotated = false
      for p in 0..<order {
        for q in p + 1..<max(order, p + 1) {
          let element = a[p * order + q]
          let (first, second) = (a[p * order + p], a[q * order + q])
          // Of no weight beside the smaller of the two, as relative precision demands.
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
  /// The eigensystem of the covariance, or of the variances alone where no covariances are kept.
  var eigensystem: SymmetricEigensystem {
    SymmetricEigensystem(covariance ?? diagonalMatrix(variance), order: dimension)
  }
}

/// The square matrix, row by row, with these numbers on its diagonal.
func diagonalMatrix(_ diagonal: [Double]) -> [Double] {
  let order = diagonal.count
  var matrix = [Double](repeating: 0, count: order * order)
  for i in 0..<order { matrix[i * order + i] = diagonal[i] }
  return matrix
}
