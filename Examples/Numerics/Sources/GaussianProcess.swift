import Foundation
import LinearAlgebra

/// Returns the Matérn 3/2 kernel of the rows of `a` and `b`.
func matern(_ a: Matrix<Double>, _ b: Matrix<Double>, length: Double = 0.5) -> Matrix<Double> {
  let r = sqrt(a.squaredDistances(to: b)) * (sqrt(3) / length)
  return (1 + r) .* exp(-r)
}

/// A Gaussian process. Its noise of 10⁻¹⁰ needs `Double`: `Float` rounds 1 + 10⁻¹⁰ to 1.
func gaussianProcess() throws {
  let x = uniform(200, 2)
  let y = sin(6 * x[..., 0]) + x[..., 1] .* x[..., 1]
  let grid = uniform(10, 2, seed: 1) * 1.5

  let noise = 1e-10
  let cholesky = try (matern(x, x) + noise * .identity(x.rows)).cholesky()
  let alpha = try cholesky.solve(y)
  let k = matern(grid, x)
  let mean = k * alpha
  let v = try cholesky.l.solveTriangular(k.transpose, .lower)
  let variance = 1 - (v .* v).columnSums
  let evidence =
    -y.dot(alpha) / 2 - cholesky.logDeterminant / 2 - Double(x.rows) / 2 * log(2 * .pi)

  print("mean", mean.array)
  print("variance", variance.array)
  print("log evidence", evidence)
}
