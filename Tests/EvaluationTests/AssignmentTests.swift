import Evaluation
import LinearAlgebra
import Testing

/// The assignment solver compared with all permutations, and with known solutions.
@Suite struct AssignmentTests {
  private func costs(_ size: Int, seed: UInt64, levels: Float) -> [Double] {
    let uniform = RandomStream(seed: seed).uniform(rows: size, columns: size)
    return (0..<size * size).map { Double((uniform.elements[$0] * levels).rounded(.down)) }
  }

  private func leastCost(_ costs: [Double], _ size: Int, from row: Int = 0, taken: Int = 0)
    -> Double
  {
    if row == size { return 0 }
    var least = Double.infinity
    for column in 0..<size where taken & 1 << column == 0 {
      let rest = leastCost(costs, size, from: row + 1, taken: taken | 1 << column)
      least = min(least, costs[row * size + column] + rest)
    }
    return least
  }

  /// A small number of levels produces ties.
  @Test(arguments: 0...6, [Float(2), 5, 1000])
  func beatsEveryPermutation(size: Int, levels: Float) {
    for seed in 0..<10 as Range<UInt64> {
      let costs = costs(size, seed: seed, levels: levels)
      let solution = Assignment(costs: costs, size: size)
      #expect(solution.columns.sorted() == Array(0..<size))
      #expect(solution.cost == leastCost(costs, size))
    }
  }

  /// For squared distances on a line, the cheapest plan keeps the order. The sizes are large enough to begin
  /// with the prices of a smaller problem.
  @Test(arguments: [65, 150])
  func keepsTheOrderOnALine(size: Int) {
    let x = gaussian(size, 1, seed: 5)
    let y = gaussian(size, 1, seed: 6, shift: 0.3, scale: 2)
    let costs = (0..<size * size).map { index in
      let difference = Double(x[index / size, 0]) - Double(y[index % size, 0])
      return difference * difference
    }
    let solution = Assignment(costs: costs, size: size)
    let (xOrder, yOrder) = (
      (0..<size).sorted { x[$0, 0] < x[$1, 0] }, (0..<size).sorted { y[$0, 0] < y[$1, 0] }
    )
    #expect(xOrder.map { solution.columns[$0] } == yOrder)
  }

  @Test(arguments: [70, 130])
  func solvesProblemsFullOfTies(size: Int) {
    let equal = Assignment(costs: [Double](repeating: 3, count: size * size), size: size)
    #expect(equal.columns.sorted() == Array(0..<size))
    // A hidden permutation has cost 0.
    var order = Array(0..<size)
    RandomStream(seed: 7).shuffle(&order)
    var costs = costs(size, seed: 8, levels: 3)
    for index in costs.indices { costs[index] += 1 }
    for row in 0..<size { costs[row * size + order[row]] = 0 }
    #expect(Assignment(costs: costs, size: size).columns == order)
  }
}
