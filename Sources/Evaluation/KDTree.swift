import LangevinPreconditions
package import LinearAlgebra

/// Points of a space in a binary tree of boxes, for finding the neighbors of a point (Bentley,
/// "Multidimensional binary search trees used for associative searching", 1975).
///
/// Each box is halved at the median of its longest side until it holds few points. In few dimensions
/// a search takes O(log n); in many it visits most points and is no faster than a linear scan.
package struct KDTree: Sendable {
  /// A norm that measures distances.
  package enum Norm: Sendable {
    /// The square root of the sum of squares.
    case euclidean
    /// The largest magnitude of a coordinate.
    case maximum
  }

  /// A box of points.
  struct Node: Sendable {
    /// The places of its points in the order of the tree.
    var places: Range<Int32>
    /// The axis along which the box is halved, or -1 if it is not halved.
    var axis: Int32 = -1
    /// The coordinate where the box is halved: no coordinate of the lower half is larger, none of the upper
    /// half smaller.
    var split: Float = 0
    /// The index of the upper half's node. The lower half's node follows this one.
    var upper: Int32 = 0
  }

  /// The maximum number of points in a box that is not halved.
  static let leafCount = 12

  /// The number of columns of a point.
  package let dimension: Int
  /// The norm that measures distances.
  package let norm: Norm
  /// The coordinates, point by point in the order of the tree.
  let coordinates: [Float]
  /// The row of each point in the matrix, in the order of the tree.
  let rows: [Int32]
  /// The boxes; the first holds all points.
  let nodes: [Node]

  /// Builds the tree of the rows of `points`.
  package init(_ points: Matrix<Float>, norm: Norm = .euclidean) {
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

  /// The number of points.
  package var count: Int { rows.count }

  /// Returns the form of a distance that searches compare: its square for the Euclidean norm.
  func reduced(_ distance: Double) -> Double {
    norm == .euclidean ? distance * distance : distance
  }

  /// Returns the distance whose ``reduced(_:)`` form is `reduced`.
  func distance(reduced: Double) -> Double {
    norm == .euclidean ? reduced.squareRoot() : reduced
  }
}
