/// One search through a ``KDTree``, with the memory that it needs; to be used again for the next.
///
/// A box is passed over if the distance to it, of which the tree keeps account side by side (Arya and
/// Mount, 1993), is larger than that of the worst neighbor so far.
struct NeighborSearch {
  private let tree: KDTree
  private var query: [Double]
  private var narrowQuery: [Float]
  /// By how much the query lies outside of the box in hand, on each axis.
  private var offsets: [Double]
  /// The row that is nobody's neighbor; -1 if all may be.
  private var excluded: Int32 = -1
  /// The reduced distances of the nearest points so far, in ascending order.
  private(set) var nearest: [Double]
  /// What a range search finds.
  private(set) var found: [Int32] = []

  /// A search for the `neighbors` nearest points.
  init(_ tree: KDTree, neighbors: Int = 1) {
    self.tree = tree
    query = Array(repeating: 0, count: tree.dimension)
    offsets = query
    narrowQuery = Array(repeating: 0, count: tree.dimension)
    nearest = Array(repeating: .infinity, count: neighbors)
  }

  /// Finds the reduced distances from `point` to its nearest points, except to `excluded`.
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

  /// The half that the query is in, the other one, and how far the query is from that.
  private func children(of number: Int, _ node: KDTree.Node) -> (Int, Int, Double) {
    let difference = query[Int(node.axis)] - Double(node.split)
    let (lower, upper) = (number + 1, Int(node.upper))
    return difference < 0 ? (lower, upper, -difference) : (upper, lower, difference)
  }

  private func replacingOffset(_ axis: Int, by offset: Double, in bound: Double) -> Double {
    // Rounding must not lift the bound above a distance, which is computed in another way.
    (1 - 1e-6)
      * (tree.norm == .maximum
        ? max(bound, offset) : bound - offsets[axis] * offsets[axis] + offset * offset)
  }

  /// The reduced distance to a point, or something beyond `limit` if it is.
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
        // Worth asking only where there are many axes.
        if axis & 7 == 7 && result > limit { return result }
      }
    }
    return result
  }

  /// Over the first `axes` axes, a multiple of eight, of the coordinates that begin at `start`: eight at a
  /// time, and in `Float`.
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
