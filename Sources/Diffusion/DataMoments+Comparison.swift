extension DataMoments {
  /// Whether data can have these moments: they are finite, the covariances are symmetric, and no variance in
  /// any direction is below 0 by more than rounding explains.
  package var arePossible: Bool {
    mean.allSatisfy(\.isFinite) && variance.allSatisfy { $0 >= 0 && $0.isFinite }
      && covariance.map { CovarianceRounding.isCovariance($0, order: dimension) } ?? true
  }

  /// Returns whether `other` may be the moments of the same data, computed on another machine.
  ///
  /// Another processor or C library may round a coordinate to the next `Float`: x is off by u |x|, u = 2⁻²³.
  /// By the Cauchy-Schwarz inequality, the mean is then off by at most u √(E x²), and a covariance by
  /// u (√(E x²) σ' + σ √(E x'²)). Rounding in the sums adds less.
  package func agree(with other: DataMoments) -> Bool {
    guard dimension == other.dimension, (covariance == nil) == (other.covariance == nil) else {
      return false
    }
    let slack = secondMoment.map { Double(Float.ulpOfOne) * $0.squareRoot() }
    let deviation = variance.map { $0.squareRoot() }
    func areNear(_ a: Double, _ b: Double, _ i: Int, _ j: Int) -> Bool {
      // (σ + δ) (σ' + δ') - σ σ', expanded to avoid the difference.
      abs(a - b) <= slack[i] * deviation[j] + deviation[i] * slack[j] + slack[i] * slack[j]
    }
    for i in 0..<dimension {
      if !(abs(mean[i] - other.mean[i]) <= slack[i]) { return false }
      if !areNear(variance[i], other.variance[i], i, i) { return false }
      guard let covariance, let others = other.covariance else { continue }
      for j in 0..<dimension {
        let place = i * dimension + j
        if !areNear(covariance[place], others[place], i, j) { return false }
      }
    }
    return true
  }
}
