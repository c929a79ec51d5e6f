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
  /// singular values of L₁ᵀ L₂. This avoids roots of rounding errors. The remaining error is about 10⁻¹⁵ of
  /// the traces. A negative result is replaced by 0.
  ///
  /// - Parameters:
  ///   - samples: The samples, points × d; at least two.
  ///   - reference: Real points, points × d; at least two.
  public static func squaredFrechet(samples: Matrix<Float>, reference: Matrix<Float>)
    throws(EvaluationError)
    -> Double
  {
    try PointSets.check(
      samples: samples, reference: reference, needed: 2, for: "Fréchet distance")
    let (a, b) = (Moments(samples), Moments(reference))
    var result = (a.mean - b.mean).squaredNorm + a.covariance.trace + b.covariance.trace
    do {
      let product = try factor(a.covariance).transpose * factor(b.covariance)
      result -= 2 * (try product.singularValues().reduce(0, +))
    } catch {
      throw .factorization(error.description)
    }
    return result < 0 ? 0 : result
  }

  /// Returns L with S = L Lᵀ.
  private static func factor(
    _ covariance: Matrix<Double>
  ) throws(FactorizationError) -> Matrix<Double> {
    let eigen = try covariance.symmetricEigen()
    return eigen.vectors .* .eachRow(eigen.values.map { max($0, 0).squareRoot() })
  }
}
