import LinearAlgebra

/// A linear regression: coefficients, their standard errors, and the share of variance explained.
func linearRegression() throws {
  let x = uniform(1000, 5)
  let noise = uniform(1000, 1, seed: 1) - 0.5
  let y = 2 + x * [[1], [-2], [0.5], [3], [0]] + noise

  let a = Matrix.horizontally([.ones(x.rows, 1), x])
  let coefficients = try a.leastSquares(y)
  let residuals = y - a * coefficients
  let variance = residuals.squaredNorm / Double(a.rows - a.columns)
  let errors = try (a.transpose * a).inverse().diagonal.map { (variance * $0).squareRoot() }
  let r2 = 1 - residuals.squaredNorm / (y - y.mean).squaredNorm

  print("coefficients", coefficients.array)
  print("standard errors", errors)
  print("r2", r2)
}
