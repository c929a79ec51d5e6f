import LinearAlgebra

/// The largest eigenvalue by power iteration.
func powerIteration() throws {
  let b = uniform(50, 50)
  let a = b + b.transpose

  var v = Matrix<Double>.ones(50, 1)
  for _ in 0..<200 {
    v = a * v
    v /= v.norm
  }

  let eigenvalue = v.dot(a * v)
  let residual = (a * v - eigenvalue * v).norm

  print("eigenvalue", eigenvalue)
  print("converged", residual < 1e-12)
  print("largest of all", try a.symmetricEigenvalues().max() ?? .nan)
  print("vector", v[..<5, 0].array)
}
