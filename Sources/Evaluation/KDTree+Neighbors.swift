import LangevinPreconditions
package import LangevinThreading
package import LinearAlgebra

extension KDTree {
  /// Returns the distance from each row of `queries` to its `neighbor`-th nearest point, counted from 1.
  ///
  /// With `excludingSelf`, `queries` must be the points of this tree, and no point is its own neighbor.
  /// Coinciding points are still neighbors of each other.
  package func distances(
    from queries: Matrix<Float>, toNeighbor neighbor: Int, excludingSelf: Bool = false,
    pool: ThreadPool
  ) -> [Double] {
    reducedDistances(from: queries, toNeighbor: neighbor, excludingSelf: excludingSelf, pool: pool)
      .map(distance(reduced:))
  }

  /// Returns the same distances in the form of ``reduced(_:)``.
  func reducedDistances(
    from queries: Matrix<Float>, toNeighbor neighbor: Int, excludingSelf: Bool = false,
    pool: ThreadPool
  ) -> [Double] {
    let others = excludingSelf ? count - 1 : count
    require(
      neighbor > 0 && neighbor <= others,
      "KDTree: neighbor \(neighbor) is out of range (1 to \(others))")
    check(queries)
    return pool.mapRows(queries.rows, runsOf: Self.queriesPerTask) { rows in
      var search = NeighborSearch(self, neighbors: neighbor)
      return rows.map { row in
        search.findNearest(to: queries.row(row), excluding: excludingSelf ? row : nil)
        return search.nearest[neighbor - 1]
      }
    }
  }

  /// Returns, for each row i of `queries`, the points within the reduced distance `limits[i]`, as row numbers
  /// of the tree's matrix, in no particular order.
  func rows(within limits: [Double], of queries: Matrix<Float>, pool: ThreadPool) -> [[Int32]] {
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

  private func check(_ queries: Matrix<Float>) {
    require(
      queries.columns == dimension,
      "KDTree: the queries have \(queries.columns) columns, the points \(dimension)")
  }
}
