import LinearAlgebra
import Testing

/// Whole numbers, permutations, and blocks of normal numbers drawn from the words of a stream.
@Suite struct RandomStreamTests {
  @Test(arguments: [0, 1, 2, 10, 1000])
  func shufflesAreStablePermutations(count: Int) {
    let start = Array(0..<count)
    var first = start
    RandomStream(seed: 5).shuffle(&first)
    #expect(first.sorted() == start)
    var second = start
    RandomStream(seed: 5).shuffle(&second)
    #expect(second == first)
    if count > 2 {
      #expect(first != start)
      var other = start
      RandomStream(seed: 5, stream: 1).shuffle(&other)
      #expect(other != first)
    }
  }

  /// The six orders of three items are equally frequent: χ² with 5 degrees of freedom is below
  /// 20.5 in 999 of 1000 samples.
  @Test func shufflesAreUniform() {
    var counts: [[Int]: Int] = [:]
    let samples = 3000
    for stream in 0..<samples {
      var items = [0, 1, 2]
      RandomStream(seed: 6, stream: UInt64(stream)).shuffle(&items)
      counts[items, default: 0] += 1
    }
    #expect(counts.count == 6)
    #expect(chiSquare(Array(counts.values), expected: Double(samples) / 6) < 20.5)
  }

  @Test(arguments: [1, 2, 3, 1000, 1 << 31])
  func integersStayBelowTheirBound(bound: Int) {
    let stream = RandomStream(seed: 7)
    for position in 0..<500 {
      let number = stream.integer(below: bound, at: UInt64(position))
      #expect(number >= 0 && number < bound)
    }
  }

  /// χ² with 9 degrees of freedom is below 27.9 in 999 of 1000 samples.
  @Test func integersAreUniform() {
    let stream = RandomStream(seed: 8)
    var counts = [Int](repeating: 0, count: 10)
    for position in 0..<5000 { counts[stream.integer(below: 10, at: UInt64(position))] += 1 }
    #expect(chiSquare(counts, expected: 500) < 27.9)
  }

  @Test(
    arguments: Engine.availableInstructionSets.map { Engine(.swift, instructionSet: $0) },
    [1, 2, 17, 1000, (1 << 31) - 1, 1 << 31])
  func filledIntegersMatchSingleOnes(_ engine: Engine, bound: Int) {
    let stream = RandomStream(seed: 9, stream: 1)
    for count in [0, 1, 63, 100, 257] {
      for position in [0, 1000, (1 << 34) - 50] as [UInt64] {
        var numbers = [Int32](repeating: -1, count: count)
        stream.fillIntegers(below: bound, &numbers, from: position, engine: engine)
        for i in 0..<count {
          #expect(Int(numbers[i]) == stream.integer(below: bound, at: position + UInt64(i)))
        }
      }
    }
  }

  /// The Fisher-Yates shuffle, item by item. The implementation draws 256 words at a time.
  @Test(
    arguments: Engine.availableInstructionSets.map { Engine(.swift, instructionSet: $0) },
    [0, 1, 2, 3, 255, 256, 257, 258, 512, 513, 1000])
  func shufflesMatchTheDefinition(_ engine: Engine, count: Int) {
    let stream = RandomStream(seed: 12, stream: 3)
    var expected = Array(0..<count)
    for i in stride(from: count - 1, to: 0, by: -1) {
      expected.swapAt(i, stream.integer(below: i + 1, at: UInt64(i)))
    }
    var items = Array(0..<count)
    stream.shuffle(&items, engine: engine)
    #expect(items == expected)
  }

  /// Rows drawn at their own positions equal the rows of the whole block.
  @Test(arguments: [(10, 7), (100, 3), (5, 64)])
  func blocksAreIndependent(rows: Int, columns: Int) {
    let stream = RandomStream(seed: 10, stream: 2)
    let normal = stream.normal(rows: rows, columns: columns, from: 13)
    let uniform = stream.uniform(rows: rows, columns: columns, from: 13)
    for row in (0..<rows).reversed() {
      let position = UInt64(13 + row * columns)
      #expect(
        stream.normal(rows: 1, columns: columns, from: position) == normal.rows(row..<row + 1))
      #expect(
        stream.uniform(rows: 1, columns: columns, from: position) == uniform.rows(row..<row + 1))
    }
  }

  @Test(arguments: Engine.availableInstructionSets.map { Engine(.swift, instructionSet: $0) })
  func instructionSetsGiveTheSameNumbers(_ engine: Engine) {
    let stream = RandomStream(seed: 11)
    var drawn = Matrix<Float>(rows: 10, columns: 50)
    var span = drawn.mutableElements
    stream.fillNormal(&span, from: 5, engine: engine)
    #expect(drawn == stream.normal(rows: 10, columns: 50, from: 5))
    var none = Matrix<Float>(rows: 0, columns: 50)
    var empty = none.mutableElements
    stream.fillNormal(&empty, from: 5, engine: engine)
    #expect(none.isEmpty)
  }

  private func chiSquare(_ counts: [Int], expected: Double) -> Double {
    counts.reduce(0) { $0 + (Double($1) - expected) * (Double($1) - expected) / expected }
  }
}
