public import LinearAlgebra

extension Distance {
  /// Returns the squared Fréchet (2-Wasserstein) distance between the Gaussians fitted to both sets:
  ///
  ///     F = ‖μ₁ − μ₂‖² + Tr(S₁ + S₂ − 2 (S₁^½ S₂ S₁^½)^½)
  ///
  /// Dowson and Landau, "The Fréchet distance between multivariate normal distributions", 1982; on features
  /// of a network it is the FID of Heusel et al., 2017 (arXiv 1706.08500). All points are used: O(n d² + d³).
  ///
  /// With S = L Lᵀ, where L = V √Λ from the eigendecomposition, the trace of the last root is the sum of the
  /// singular values of L₁ᵀ L₂. This avoids roots of rounding errors. The remaining error is about 10⁻⁶ of
  /// the traces, because LAPACK computes in single precision here. A negative result is replaced by 0.
  ///
  /// - Parameters:
  ///   - samples: The samples, points × d; at least two.
  ///   - reference: Real points, points × d; at least two.
  public static func squaredFrechet(samples: Matrix, reference: Matrix) throws(EvaluationError)
    -> Double
  {
    try PointSets.check(
      samples: samples, reference: reference, needed: 2, for: "Fréchet distance")
    let (a, b) = (Moments(samples), Moments(reference))
    var result = 0.0
    for axis in a.mean.indices {
      let difference = a.mean[axis] - b.mean[axis]
      result += difference * difference + a.variance(axis) + b.variance(axis)
    }
    let unit = unit(a, b)
    do {
      let product = Matrix.product(
        try factor(a, unit: unit), try factor(b, unit: unit), transposeA: true)
      for value in try product.singularValueDecomposition().values {
        result -= 2 * Double(value) * unit
      }
    } catch {
      throw .factorization(error.description)
    }
    return result < 0 ? 0 : result
  }

  /// Returns a power of four near the largest variance. Variances of `Float`s may exceed the range of
  /// `Float`; dividing by a power of four and taking its root are exact.
  private static func unit(_ a: Moments, _ b: Moments) -> Double {
    let largest = a.mean.indices.reduce(0) { max($0, a.variance($1), b.variance($1)) }
    if largest == 0 || !largest.isFinite { return 1 }
    return Double(sign: .plus, exponent: Int(largest.exponent) & ~1, significand: 1)
  }

  /// Returns L with S = L Lᵀ `unit`.
  private static func factor(
    _ moments: Moments, unit: Double
  ) throws(FactorizationError) -> Matrix {
    let size = moments.mean.count
    let covariance = Matrix(
      rows: size, columns: size, elements: moments.covariance.map { Float($0 / unit) })
    let eigen = try covariance.symmetricEigendecomposition()
    let roots = eigen.values.map { max($0, 0).squareRoot() }
    return Matrix(rows: size, columns: size) { eigen.vectors[$0, $1] * roots[$1] }
  }
}
