import LinearAlgebra

/// Principal components by singular values.
func principalComponents() throws {
  let x = uniform(500, 6) * uniform(6, 6, seed: 1)

  let centered = x - .eachRow(x.columnMeans)
  let svd = try centered.svd()
  let axes = svd.vTransposed[..<2, ...]
  let variances = svd.values.map { $0 * $0 / Double(x.rows - 1) }
  let scores = centered * axes.transpose
  let rebuilt = scores * axes + .eachRow(x.columnMeans)

  print("explained", variances.map { $0 / variances.reduce(0, +) })
  print("scores", abs(scores[..<5, ...]).rowArrays)  // the signs of the components are arbitrary
  print("largest error", x.maximumDifference(from: rebuilt))
}
