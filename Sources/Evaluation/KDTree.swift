import LangevinPreconditions
package import LinearAlgebra

/// Points of a space in a binary tree of boxes, for finding the neighbors of a point (Bentley,
/// "Multidimensional binary search trees used for associative searching", 1975).
///
/// Each box is halved at the median of its longest side until it holds few points. In few dimensions
/// a search takes O(log n); in many it meets most of the points, and is no faster than to look at
/// all.
package struct KDTree: Sendable {
  /// How the length of a difference is measured.
  package enum Norm: Sendable {
    /// The root of the sum of squares.
    case euclidean
    /// The largest magnitude.
    case maximum
  }

  /// A box of points.
  struct Node: Sendable {
    /// Its points' places in the order of the tree.
    var places: Range<Int32>
    /// The side that was halved; -1 of a box that was not.
    var axis: Int32 = -1
    /// Where: the lower half has no larger coordinate, the upper half no smaller one.
    var split: Float = 0
    /// The node of the upper half. The lower half's follows this one.
    var upper: Int32 = 0
  }

  /// How many points a box may hold that is not halved.
  static let leafCount = 12

  /// Columns of a point.
  package let dimension: Int
  /// How distances are measured.
  package let norm: Norm
  /// The coordinates, point by point in the order of the tree.
  let coordinates: [Float]
  /// The row of each point in the matrix, in the order of the tree.
  let rows: [Int32]
  /// The boxes; the first holds all points.
  let nodes: [Node]

  /// The tree of the rows of `points`.
  package init(_ points: Matrix, norm: Norm = .euclidean) {
    require(points.rows > 0, "KDTree: there are no points")
    dimension = points.columns
    self.norm = norm
    var builder = KDTreeBuilder(points)
    builder.build(0..<points.rows)
    nodes = builder.nodes
    rows = builder.order
    var coordinates: [Float] = []
    coordinates.reserveCapacity(points.count)
    for row in builder.order {
      let point = points.row(Int(row))
      for axis in point.indices { coordinates.append(point[axis]) }
    }
    self.coordinates = coordinates
  }

  /// How many points.
  package var count: Int { rows.count }

  /// What searches compare instead of distances: squares for the Euclidean norm.
  func reduced(_ distance: Double) -> Double {
    norm == .euclidean ? distance * distance : distance
  }

  /// The distance whose ``reduced(_:)`` this is.
  func distance(reduced: Double) -> Double {
    norm == .euclidean ? reduced.squareRoot() : reduced
  }
}
