import LinearAlgebra

/// k-means: four clusters by twenty steps of Lloyd's algorithm.
func kMeans() {
  let x = uniform(2000, 2) + (4 * uniform(2000, 2, seed: 1)).map { $0.rounded(.down) }

  var centers = x.rows(at: stride(from: 0, to: x.rows, by: 500))
  var labels: [Int] = []
  for _ in 0..<20 {
    labels = x.squaredDistances(to: centers).rowArgmin()
    centers = .vertically((0..<4).map { k in x.rows(where: labels.map { $0 == k }).columnMeans })
  }

  print("centers", centers.rowArrays)
  print("sizes", (0..<4).map { k in labels.count { $0 == k } })
  print("inertia", (x - centers.rows(at: labels)).squaredNorm)
}
