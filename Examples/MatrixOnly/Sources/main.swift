// The matrix library alone: a line through noisy points, and the directions in which points vary.
import LinearAlgebra

/// Returns whether no elements of `a` and `b`, which have the same shape, differ by more than `tolerance`.
func agree(_ a: Matrix<Float>, _ b: Matrix<Float>, within tolerance: Float) -> Bool {
  a.maximumDifference(from: b) <= tolerance
}

// Least squares: a thousand points of y = 2 + 3x, with noise of standard deviation 0.1.
let x = RandomStream(seed: 1).uniform(rows: 1000, columns: 1)
let noise = RandomStream(seed: 2).normal(rows: 1000, columns: 1)
let y = Matrix<Float>(rows: 1000, columns: 1) { row, _ in 2 + 3 * x[row, 0] + 0.1 * noise[row, 0] }
let a = Matrix<Float>(rows: 1000, columns: 2) { row, column in column == 0 ? 1 : x[row, 0] }
let line = try a.leastSquares(y)
// The same line by the normal equations, AᵀA c = Aᵀy.
let normal = try (a.transpose * a).solve(a.transpose * y)
print("y = \(line[0, 0]) + \(line[1, 0]) x")
print("least squares: \(agree(line, normal, within: 1e-3) && abs(line[1, 0] - 3) < 0.05)")

// Principal components: standard deviation 5 along (0.8, 0.6), and 1 across.
let directions: Matrix<Float> = [[0.8, 0.6], [-0.6, 0.8]]
let points =
  RandomStream(seed: 3).normal(rows: 20_000, columns: 2) .* .eachRow([5, 1]) * directions
let covariance = points.columnCovariances(correction: 0)
let components = try covariance.symmetricEigen()
let (values, vectors) = (components.values, components.vectors)
let again = (vectors .* .eachRow(values)) * vectors.transpose
print("variances \(values), of which the larger is along (\(vectors[0, 1]), \(vectors[1, 1]))")
let isFound = abs(values[1] - 25) < 1 && abs(abs(vectors[0, 1]) - 0.8) < 0.01
print("principal components: \(agree(again, covariance, within: 1e-3) && isFound)")
