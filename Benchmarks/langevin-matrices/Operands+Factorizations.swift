import LinearAlgebra

extension Operands {
  /// Returns a factorization or decomposition, with all its factors.
  func factorization(_ name: String) -> Operation? {
    switch name {
    case "cholesky":
      let a = definite
      return { keep(try a.cholesky()) }
    case "lu":
      let a = regular
      return { keep(try a.lu()) }
    case "qr":
      let a = a
      return {
        let factors = try a.qr()
        keep(factors.r)
        keep(try factors.q())
      }
    case "svd":
      let a = a
      return { keep(try a.svd()) }
    case "symmetric-eigen":
      let a = definite
      return { keep(try a.symmetricEigen()) }
    case "eigen":
      let a = a
      return {
        let eigen = try a.eigen()
        keep(eigen.realVectors)
        keep(eigen.imaginaryVectors)
      }
    default: return nil
    }
  }

  /// Returns the solution of a system. Least squares have twice as many equations as unknowns.
  func system(_ name: String) -> Operation? {
    switch name {
    case "least-squares-qr", "least-squares-svd":
      let a = random(2 * size, size, seed: 1)
      let b = random(2 * size, 1, seed: 2)
      if name == "least-squares-qr" { return { keep(try a.leastSquares(b)) } }
      return { keep(try a.leastSquares(b, tolerance: .ulpOfOne)) }
    case "solve":
      let (a, b) = (regular, random(size, 1, seed: 2).array)
      return { keep(try a.solve(b)) }
    case "inverse":
      let a = regular
      return { keep(try a.inverse()) }
    default: return nil
    }
  }
}
