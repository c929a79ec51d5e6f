import LangevinPreconditions

/// A solution of the assignment problem: a column for each row of a square cost matrix, no column twice, with
/// the least total cost.
///
/// The algorithm is from Jonker and Volgenant, "A shortest augmenting path algorithm for dense and sparse
/// linear assignment problems", 1987. Cheap reductions set column prices and a first assignment. Then each
/// unassigned row takes the shortest path to a free column (Dijkstra over costs minus prices). O(n³) at
/// worst.
package struct Assignment {
  private static let none = -1
  /// Problems larger than this begin with the prices of a smaller problem.
  private static let smallSize = 64

  private let size: Int
  private let costs: [Double]
  /// The price of each column, subtracted from the costs in that column.
  private var prices: [Double]
  private var rowOfColumn: [Int]
  /// The column of each row.
  package private(set) var columns: [Int]

  /// Solves the problem of `size` × `size` finite costs, given row by row.
  package init(costs: [Double], size: Int) {
    require(
      costs.count == size * size, "Assignment: \(costs.count) costs are not \(size) × \(size)")
    self.size = size
    self.costs = costs
    prices = Array(repeating: 0, count: size)
    rowOfColumn = Array(repeating: Self.none, count: size)
    columns = rowOfColumn
    guard size > 0 else { return }
    if size > Self.smallSize {
      takePricesFromPart()
    } else {
      reduceColumns()
      transferReductions()
    }
    var free = columns.indices.filter { columns[$0] == Self.none }
    for _ in 0..<2 where !free.isEmpty { free = reduceRows(free) }
    var search = PathSearch(size)
    for row in free { augment(row, &search) }
  }

  /// The sum of the costs.
  package var cost: Double {
    columns.indices.reduce(0) { $0 + costs[$1 * size + columns[$1]] }
  }

  /// Sets the prices from the solution for every second row and column.
  ///
  /// The dual value of such a row is the cost of its column minus the price of that column. Each column gets
  /// the least of cost minus dual value over these rows. For points of two distributions these prices are
  /// close to the final ones.
  private mutating func takePricesFromPart() {
    let part = stride(from: 0, to: size, by: 2)
    let chosen = Array(part)
    let solution = Assignment(
      costs: chosen.flatMap { row in chosen.map { costs[row * size + $0] } }, size: chosen.count)
    for column in prices.indices { prices[column] = .infinity }
    for (index, row) in chosen.enumerated() {
      let taken = solution.columns[index]
      let left = costs[row * size + chosen[taken]] - solution.prices[taken]
      for column in prices.indices {
        prices[column] = min(prices[column], costs[row * size + column] - left)
      }
    }
  }

  /// Sets the price of each column to its least cost, and assigns the column to the row with that cost if the
  /// row is still free.
  private mutating func reduceColumns() {
    var cheapest = [Int](repeating: 0, count: size)
    prices = Array(costs[0..<size])
    for row in 1..<max(size, 1) {
      for column in 0..<size where costs[row * size + column] < prices[column] {
        prices[column] = costs[row * size + column]
        cheapest[column] = row
      }
    }
    for column in cheapest.indices.reversed() where columns[cheapest[column]] == Self.none {
      columns[cheapest[column]] = column
      rowOfColumn[column] = cheapest[column]
    }
  }

  /// Lowers the price of each assigned column as far as its row still prefers it.
  private mutating func transferReductions() {
    guard size > 1 else { return }
    for row in columns.indices where columns[row] != Self.none {
      let column = columns[row]
      var second = Double.infinity
      for other in 0..<size where other != column {
        second = min(second, costs[row * size + other] - prices[other])
      }
      prices[column] -= max(0, second - (costs[row * size + column] - prices[column]))
    }
  }

  /// Lets each unassigned row bid for the column it prefers; a row that loses its column bids again. Returns
  /// the rows that stay unassigned.
  private mutating func reduceRows(_ free: [Int]) -> [Int] {
    guard size > 1 else { return free }
    var waiting = free
    var left: [Int] = []
    // Near the end, bids rise only slightly, and shortest paths are faster.
    var patience = 4 * size
    while let row = waiting.popLast() {
      patience -= 1
      if patience < 0 {
        left.append(row)
        continue
      }
      let (first, second, preferred, alternative) = twoBest(of: row)
      var column = preferred
      var owner = rowOfColumn[column]
      let lowered = prices[column] - (second - first)
      let lowers = lowered < prices[column]
      if lowers {
        prices[column] = lowered
      } else if owner != Self.none {
        column = alternative
        owner = rowOfColumn[column]
      }
      columns[row] = column
      rowOfColumn[column] = row
      if owner == Self.none { continue }
      columns[owner] = Self.none
      if lowers { waiting.append(owner) } else { left.append(owner) }
    }
    return left
  }

  private func twoBest(of row: Int) -> (Double, Double, Int, Int) {
    var (first, second) = (Double.infinity, Double.infinity)
    var (firstColumn, secondColumn) = (0, 0)
    unsafe costs.withUnsafeBufferPointer { costs in
      unsafe prices.withUnsafeBufferPointer { prices in
        for column in 0..<size {
          let cost = unsafe costs[row * size + column] - prices[column]
          if cost < second {
            if cost < first {
              (second, secondColumn) = (first, firstColumn)
              (first, firstColumn) = (cost, column)
            } else {
              (second, secondColumn) = (cost, column)
            }
          }
        }
      }
    }
    return (first, second, firstColumn, secondColumn)
  }

  /// Finds the shortest path from `row` to a free column, and assigns the columns along it.
  private mutating func augment(_ row: Int, _ search: inout PathSearch) {
    search.begin()
    var current = row
    var offset = 0.0
    var column: Int
    while true {
      column = search.step(
        from: current, offset: offset, costs: costs, prices: prices, rowOfColumn: rowOfColumn)
      if rowOfColumn[column] == Self.none { break }
      current = rowOfColumn[column]
      offset = costs[current * size + column] - prices[column] - search.distances[column]
    }
    let length = search.distances[column]
    for reached in search.reached { prices[reached] += search.distances[reached] - length }
    while true {
      let taker = search.previous[column]
      rowOfColumn[column] = taker
      swap(&columns[taker], &column)
      if taker == row { return }
    }
  }
}

/// The state of a shortest-path search: the columns reached, and the distances to the others so far.
private struct PathSearch {
  /// The distance of each column from the starting row, over costs minus prices.
  private(set) var distances: [Double]
  /// The row before each column on its path.
  private(set) var previous: [Int]
  /// All columns, the reached ones last.
  private var order: [Int]
  private var remaining = 0

  init(_ size: Int) {
    distances = Array(repeating: .infinity, count: size)
    previous = Array(repeating: 0, count: size)
    order = Array(0..<size)
  }

  var reached: ArraySlice<Int> { order[remaining...] }

  mutating func begin() {
    remaining = order.count
    for column in distances.indices { distances[column] = .infinity }
  }

  /// Extends the paths through `row`, and returns the nearest column not reached before.
  mutating func step(
    from row: Int, offset: Double, costs: [Double], prices: [Double], rowOfColumn: [Int]
  ) -> Int {
    var best = 0
    var shortest = Double.infinity
    let start = row * order.count
    unsafe costs.withUnsafeBufferPointer { costs in
      unsafe prices.withUnsafeBufferPointer { prices in
        unsafe distances.withUnsafeMutableBufferPointer { distances in
          unsafe order.withUnsafeBufferPointer { order in
            for place in 0..<remaining {
              let column = unsafe order[place]
              let distance = unsafe costs[start + column] - prices[column] - offset
              if unsafe distance < distances[column] {
                unsafe distances[column] = distance
                previous[column] = row
              }
              if unsafe distances[column] < shortest {
                shortest = unsafe distances[column]
                best = place
              }
            }
          }
        }
      }
    }
    remaining -= 1
    order.swapAt(best, remaining)
    return order[remaining]
  }
}
