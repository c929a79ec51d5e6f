import LinearAlgebra

/// A builder of the nodes of a ``KDTree``, which halves boxes of points at medians.
struct KDTreeBuilder {
  private let points: Matrix<Float>
  private(set) var order: [Int32]
  private(set) var nodes: [KDTree.Node] = []

  init(_ points: Matrix<Float>) {
    self.points = points
    order = (0..<Int32(points.rows)).map { $0 }
  }

  /// Adds the box of the points at `places`, and all boxes inside it.
  mutating func build(_ places: Range<Int>) {
    let number = nodes.count
    nodes.append(
      KDTree.Node(places: Int32(places.lowerBound)..<Int32(places.upperBound)))
    guard places.count > KDTree.leafCount else { return }
    let axis = longestSide(places)
    let middle = places.lowerBound + places.count / 2
    select(middle, in: places, axis: axis)
    nodes[number].axis = Int32(axis)
    nodes[number].split = coordinate(middle, axis)
    build(places.lowerBound..<middle)
    nodes[number].upper = Int32(nodes.count)
    build(middle..<places.upperBound)
  }

  private func coordinate(_ place: Int, _ axis: Int) -> Float { points[Int(order[place]), axis] }

  private func longestSide(_ places: Range<Int>) -> Int {
    var lower = [Float](repeating: .infinity, count: points.columns)
    var upper = [Float](repeating: -.infinity, count: points.columns)
    for place in places {
      let point = points.row(Int(order[place]))
      for axis in point.indices {
        lower[axis] = min(lower[axis], point[axis])
        upper[axis] = max(upper[axis], point[axis])
      }
    }
    return lower.indices.max { upper[$0] - lower[$0] < upper[$1] - lower[$1] } ?? 0
  }

  /// Reorders `places` so that no coordinate before `middle` is larger than the one at `middle`, and no
  /// coordinate after it is smaller (Hoare's quickselect).
  private mutating func select(_ middle: Int, in places: Range<Int>, axis: Int) {
    var (low, high) = (places.lowerBound, places.upperBound - 1)
    while low < high {
      let pivot = coordinate((low + high) / 2, axis)
      var (i, j) = (low, high)
      while i <= j {
        while coordinate(i, axis) < pivot { i += 1 }
        while coordinate(j, axis) > pivot { j -= 1 }
        if i <= j {
          order.swapAt(i, j)
          i += 1
          j -= 1
        }
      }
      if middle <= j {
        high = j
      } else if middle >= i {
        low = i
      } else {
        return
      }
    }
  }
}
