/// A search through a ``KDTree``, with the memory it needs; reuse it for the next search.
///
/// The search skips a box that is farther away than the worst neighbor so far. It updates the distance to
/// the box one axis at a time (Arya and Mount, 1993).
struct NeighborSearch {
  private let tree: KDTree
  private var query: [Double]
  private var narrowQuery: [Float]
  /// The distance between the query and the current box along each axis.
  private var offsets: [Double]
  /// The row that is no neighbor, or -1 if all rows may be neighbors.
  private var excluded: Int32 = -1
  /// The reduced distances of the nearest points so far, in ascending order.
  private(set) var nearest: [Double]
  /// The rows that a range search found.
  private(set) var found: [Int32] = []

  /// Creates a search for the `neighbors` nearest points.
  init(_ tree: KDTree, neighbors: Int = 1) {
    self.tree = tree
    query = Array(repeating: 0, count: tree.dimension)
    offsets = query
    narrowQuery = Array(repeating: 0, count: tree.dimension)
    nearest = Array(repeating: .infinity, count: neighbors)
  }

  /// Finds the reduced distances from `point` to its nearest points other than row `excluded`.
  mutating func findNearest(to point: Span<Float>, excluding excluded: Int? = nil) {
    begin(point)
    self.excluded = excluded.map(Int32.init) ?? -1
    for index in nearest.indices { nearest[index] = .infinity }
    visit(0, bound: 0)
  }

  /// Finds the rows of the points whose reduced distance from `point` is at most `limit`.
  mutating func findAll(near point: Span<Float>, within limit: Double) {
    begin(point)
    found.removeAll(keepingCapacity: true)
    collect(0, bound: 0, limit: limit)
  }

  private mutating func begin(_ point: Span<Float>) {
    for axis in query.indices {
      query[axis] = Double(point[axis])
      narrowQuery[axis] = point[axis]
      offsets[axis] = 0
    }
  }

  private mutating func visit(_ number: Int, bound: Double) {
    let node = tree.nodes[number]
    if node.axis < 0 {
      for place in node.places where tree.rows[Int(place)] != excluded {
        insert(reducedDistance(to: Int(place), limit: nearest[nearest.count - 1]))
      }
      return
    }
    let (near, far, outside) = children(of: number, node)
    visit(near, bound: bound)
    let farBound = replacingOffset(Int(node.axis), by: outside, in: bound)
    guard farBound < nearest[nearest.count - 1] else { return }
    let previous = offsets[Int(node.axis)]
    offsets[Int(node.axis)] = outside
    visit(far, bound: farBound)
    offsets[Int(node.axis)] = previous
  }

  private mutating func collect(_ number: Int, bound: Double, limit: Double) {
    let node = tree.nodes[number]
    if node.axis < 0 {
      for place in node.places where reducedDistance(to: Int(place), limit: limit) <= limit {
        found.append(tree.rows[Int(place)])
      }
      return
    }
    let (near, far, outside) = children(of: number, node)
    collect(near, bound: bound, limit: limit)
    let farBound = replacingOffset(Int(node.axis), by: outside, in: bound)
    guard farBound <= limit else { return }
    let previous = offsets[Int(node.axis)]
    offsets[Int(node.axis)] = outside
    collect(far, bound: farBound, limit: limit)
    offsets[Int(node.axis)] = previous
  }

  /// Returns the half that contains the query, the other half, and the distance of the query from the other.
  private func children(of number: Int, _ node: KDTree.Node) -> (Int, Int, Double) {
    let difference = query[Int(node.axis)] - Double(node.split)
    let (lower, upper) = (number + 1, Int(node.upper))
    return difference < 0 ? (lower, upper, -difference) : (upper, lower, difference)
  }

  private func replacingOffset(_ axis: Int, by offset: Double, in bound: Double) -> Double {
    // Distances are computed in another way; rounding must not lift the bound above them.
    (1 - 1e-6)
      * (tree.norm == .maximum
        ? max(bound, offset) : bound - offsets[axis] * offsets[axis] + offset * offset)
  }

  /// Returns the reduced distance to a point, or any value above `limit` if the distance exceeds it.
  private func reducedDistance(to place: Int, limit: Double) -> Double {
    let start = place * query.count
    var result = 0.0
    switch tree.norm {
    case .euclidean:
      let whole = query.count & ~7
      if whole > 0 { result = squaredDistance(start, axes: whole) }
      for axis in whole..<query.count {
        let difference = Double(tree.coordinates[start + axis]) - query[axis]
        result += difference * difference
      }
    case .maximum:
      for axis in query.indices {
        result = max(result, (Double(tree.coordinates[start + axis]) - query[axis]).magnitude)
        // The early exit pays off only with many axes.
        if axis & 7 == 7 && result > limit { return result }
      }
    }
    return result
  }

  /// Returns the squared distance over the first `axes` axes (a multiple of eight) of the coordinates from
  /// `start`, computed eight at a time in `Float`.
  private func squaredDistance(_ start: Int, axes: Int) -> Double {
    unsafe tree.coordinates.withUnsafeBytes { coordinates in
      unsafe narrowQuery.withUnsafeBytes { query in
        var sum = SIMD8<Float>.zero
        let size = MemoryLayout<Float>.size
        for axis in stride(from: 0, to: axes, by: 8) {
          let x = unsafe coordinates.loadUnaligned(
            fromByteOffset: (start + axis) * size, as: SIMD8<Float>.self)
          let y = unsafe query.loadUnaligned(fromByteOffset: axis * size, as: SIMD8<Float>.self)
          let difference = x - y
          sum += difference * difference
        }
        return Double(sum.sum())
      }
    }
  }

  private mutating func insert(_ distance: Double) {
    var place = nearest.count - 1
    guard distance < nearest[place] else { return }
    while place > 0 && nearest[place - 1] > distance {
      nearest[place] = nearest[place - 1]
      place -= 1
    }
    nearest[place] = distance
  }
}
