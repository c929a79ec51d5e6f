import Evaluation
import LangevinThreading
import LinearAlgebra
import Testing

/// Neighbors found by the tree compared with neighbors found by a scan of all points.
@Suite struct KDTreeTests {
  static let shapes = [(1, 2), (12, 1), (13, 2), (200, 2), (150, 3), (60, 8), (60, 19)]

  private func allDistances(
    _ points: Matrix<Float>, from query: Span<Float>, _ norm: KDTree.Norm
  ) -> [Double] {
    (0..<points.rows).map { row in
      let point = points.row(row)
      return norm == .euclidean
        ? distance(point, query)
        : query.indices.map { abs(Double(point[$0]) - Double(query[$0])) }.max() ?? 0
    }
  }

  @Test(arguments: shapes, [KDTree.Norm.euclidean, .maximum])
  func findsWhatASearchThroughAllFinds(shape: (Int, Int), norm: KDTree.Norm) {
    // Rounding makes some coordinates and some points coincide.
    let points = gaussian(shape.0, shape.1, seed: 1).map { ($0 * 4).rounded() / 4 }
    let queries = gaussian(40, shape.1, seed: 2)
    let tree = KDTree(points, norm: norm)
    for neighbor in [1, 3, 5] where neighbor <= shape.0 {
      let found = tree.distances(
        from: queries, toNeighbor: neighbor, pool: ThreadPool(threads: 1))
      for row in 0..<queries.rows {
        let expected = allDistances(points, from: queries.row(row), norm).sorted()[neighbor - 1]
        #expect(abs(found[row] - expected) <= 1e-6 * expected)
      }
    }
  }

  @Test(arguments: [KDTree.Norm.euclidean, .maximum])
  func nobodyIsTheirOwnNeighbor(norm: KDTree.Norm) {
    let points = gaussian(100, seed: 3)
    let found = KDTree(points, norm: norm).distances(
      from: points, toNeighbor: 2, excludingSelf: true, pool: ThreadPool(threads: 1))
    for row in 0..<points.rows {
      // The nearest point of all is the point itself.
      #expect(found[row] == allDistances(points, from: points.row(row), norm).sorted()[2])
    }
  }

  @Test func pointsInOnePlaceAreNeighbors() {
    let points = Matrix<Float>(rows: 50, columns: 2, repeating: 1)
    let found = KDTree(points).distances(
      from: points, toNeighbor: 5, excludingSelf: true, pool: ThreadPool(threads: 1))
    #expect(found == [Double](repeating: 0, count: 50))
  }

  @Test func threadsDoNotMatter() {
    let points = gaussian(1000, seed: 4)
    let tree = KDTree(points)
    let one = tree.distances(from: points, toNeighbor: 3, pool: ThreadPool(threads: 1))
    #expect(tree.distances(from: points, toNeighbor: 3, pool: ThreadPool(threads: 3)) == one)
  }
}
