/// A ``DecisionTree`` grown by one Newton step on the loss: a leaf with gradient sum G and curvature sum H
/// gets the value −G / H, and a split gains
///
///     G_l² / H_l + G_u² / H_u − G² / H
///
/// The leaf whose best split gains most is split next, until the number of leaves reaches its limit.
struct TreeGrower {
  /// Prevents a division by zero.
  private static let tiny = 1e-15
  private static let minimumCurvature = 1e-3

  /// A node that may still be split.
  private struct Leaf {
    var node: Int
    var places: Range<Int>
    var histogram: Histogram
    var split: Split
  }

  /// The best split of a node.
  private struct Split {
    var gain: Double
    var column: Int
    var bin: Int
    var lower: Slope
    var upper: Slope
  }

  private let data: [UInt8]
  private let columns: Int
  private let slopes: [Slope]
  private let minimumCount: Int
  /// The rows, grouped by node.
  private(set) var order: [Int32]
  private var scratch: [Int32] = []
  private(set) var tree = DecisionTree(nodes: [])
  /// The places in ``order`` of each leaf's rows, and the leaf's value.
  private(set) var leaves: [(places: Range<Int>, value: Double)] = []

  /// Grows a tree over all rows. `data` holds their bins, column by column.
  init(
    data: [UInt8], columns: Int, slopes: [Slope], maximumLeaves: Int, minimumCount: Int,
    learningRate: Double
  ) {
    self.data = data
    self.columns = columns
    self.slopes = slopes
    self.minimumCount = minimumCount
    order = (0..<Int32(slopes.count)).map { $0 }
    grow(maximumLeaves: maximumLeaves)
    for index in leaves.indices { leaves[index].value *= learningRate }
    for index in tree.nodes.indices { tree.nodes[index].value *= learningRate }
  }

  private mutating func grow(maximumLeaves: Int) {
    var open: [Leaf] = []
    let all = histogram(order.indices)
    let total = all.column(0).reduce(into: Slope(gradient: 0, curvature: 0)) {
      $0.gradient += $1.gradient
      $0.curvature += $1.curvature
    }
    let root = addNode(total)
    close(root, order.indices, &open, histogram: all, sum: total)
    while !open.isEmpty {
      let best = open.indices.max { open[$0].split.gain < open[$1].split.gain } ?? 0
      let leaf = open.remove(at: best)
      if leaves.count + open.count + 1 >= maximumLeaves {
        leaves.append((leaf.places, tree.nodes[leaf.node].value))
      } else {
        split(leaf, &open)
      }
    }
  }

  private mutating func split(_ leaf: Leaf, _ open: inout [Leaf]) {
    let split = leaf.split
    let middle = partition(leaf.places, split)
    let (lowerPlaces, upperPlaces) = (
      leaf.places.lowerBound..<middle, middle..<leaf.places.upperBound
    )
    let (lower, upper) = (addNode(split.lower), addNode(split.upper))
    tree.nodes[leaf.node].column = Int32(split.column)
    tree.nodes[leaf.node].bin = UInt8(split.bin)
    tree.nodes[leaf.node].lower = Int32(lower)
    tree.nodes[leaf.node].upper = Int32(upper)
    // Only the smaller child's histogram is summed; the larger child's is the difference.
    let lowerIsSmaller = lowerPlaces.count < upperPlaces.count
    let small = histogram(lowerIsSmaller ? lowerPlaces : upperPlaces)
    let large = leaf.histogram.without(small)
    close(
      lower, lowerPlaces, &open, histogram: lowerIsSmaller ? small : large, sum: split.lower)
    close(
      upper, upperPlaces, &open, histogram: lowerIsSmaller ? large : small, sum: split.upper)
  }

  private mutating func addNode(_ sum: Slope) -> Int {
    tree.nodes.append(
      DecisionTree.Node(value: -sum.gradient / (sum.curvature + Self.tiny)))
    return tree.nodes.count - 1
  }

  /// Makes the node a leaf, open if some split has a gain.
  private mutating func close(
    _ node: Int, _ places: Range<Int>, _ open: inout [Leaf], histogram: Histogram, sum: Slope
  ) {
    var best: Split?
    for column in 0..<columns {
      guard let split = bestSplit(column: column, histogram, count: places.count, sum) else {
        continue
      }
      if split.gain > best?.gain ?? 0 { best = split }
    }
    if let best {
      open.append(Leaf(node: node, places: places, histogram: histogram, split: best))
    } else {
      leaves.append((places, tree.nodes[node].value))
    }
  }

  private func histogram(_ places: Range<Int>) -> Histogram {
    Histogram(of: order[places], data: data, columns: columns, slopes: slopes)
  }

  private func bestSplit(
    column: Int, _ histogram: Histogram, count: Int, _ sum: Slope
  ) -> Split? {
    guard count >= 2 * minimumCount else { return nil }
    let before = Self.score(sum)
    var best: Split?
    var lower = Histogram.Bin()
    for (bin, part) in histogram.column(column).enumerated() {
      lower.gradient += part.gradient
      lower.curvature += part.curvature
      lower.count += part.count
      if lower.count < minimumCount || lower.curvature < Self.minimumCurvature { continue }
      let upper = Slope(
        gradient: sum.gradient - lower.gradient, curvature: sum.curvature - lower.curvature)
      if count - lower.count < minimumCount || upper.curvature < Self.minimumCurvature { break }
      let lowerSum = Slope(gradient: lower.gradient, curvature: lower.curvature)
      let gain = Self.score(lowerSum) + Self.score(upper) - before
      if gain > max(0, best?.gain ?? 0) {
        best = Split(gain: gain, column: column, bin: bin, lower: lowerSum, upper: upper)
      }
    }
    return best
  }

  private static func score(_ sum: Slope) -> Double {
    sum.gradient * sum.gradient / (sum.curvature + tiny)
  }

  /// Moves the rows of the lower child before the others, and returns the place where the others begin.
  private mutating func partition(_ places: Range<Int>, _ split: Split) -> Int {
    let start = split.column * slopes.count
    var next = places.lowerBound
    scratch.removeAll(keepingCapacity: true)
    for place in places {
      let row = order[place]
      if Int(data[start + Int(row)]) <= split.bin {
        order[next] = row
        next += 1
      } else {
        scratch.append(row)
      }
    }
    for (index, row) in scratch.enumerated() { order[next + index] = row }
    return next
  }
}
