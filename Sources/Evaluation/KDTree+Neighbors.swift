import LangevinPreconditions
package import LangevinThreading
package import LinearAlgebra

extension KDTree {
  /// The distance from each row of `queries` to the `neighbor`-th nearest point, 1 being the nearest.
  ///
  /// With `excludingSelf`, `queries` are the points of this tree, and none is its own neighbor;
  /// points that lie in one place still are each other's.
  package func distances(
    from queries: Matrix, toNeighbor neighbor: Int, excludingSelf: Bool = false, pool: ThreadPool
  ) -> [Double] {
    reducedDistances(from: queries, toNeighbor: neighbor, excludingSelf: excludingSelf, pool: pool)
      .map(distance(reduced:))
  }

  /// The same, each as ``reduced(_:)`` gives it.
  func reducedDistances(
    from queries: Matrix, toNeighbor neighbor: Int, excludingSelf: Bool = false, pool: ThreadPool
  ) -> [Double] {
    let others = excludingSelf ? count - 1 : count
    require(
      neighbor > 0 && neighbor <= others,
      "KDTree: of \(others) neighbors there is no number \(neighbor)")
    check(queries)
    return pool.mapRows(queries.rows, runsOf: Self.queriesPerTask) { rows in
      var search = NeighborSearch(self, neighbors: neighbor)
      return rows.map { row in
        search.findNearest(to: queries.row(row), excluding: excludingSelf ? row : nil)
        return search.nearest[neighbor - 1]
      }
    }
  }

  /// The points within a reduced distance `limits[i]` of row i of `queries`, as rows of the matrix
  /// that the tree was made of, in no particular order.
  func rows(within limits: [Double], of queries: Matrix, pool: ThreadPool) -> [[Int32]] {
    check(queries)
    return pool.mapRows(queries.rows, runsOf: Self.queriesPerTask) { rows in
      var search = NeighborSearch(self)
      return rows.map { row in
        search.findAll(near: queries.row(row), within: limits[row])
        return search.found
      }
    }
  }

  private static let queriesPerTask = 256

  private func check(_ queries: Matrix) {
    require(
      queries.columns == dimension,
      "KDTree: points of \(queries.columns) columns among points of \(dimension)")
  }
}
