import NeuralNetwork
import Testing

/// The division of work among threads.
@Suite struct PartTests {
  @Test(arguments: [1, 2, 3, 5, 8, 64], [1, 2, 4, 32])
  func partsCoverTheWhole(count: Int, grain: Int) {
    for total in Array(0...70) + [127, 128, 129, 1000, 4097] {
      let ranges = (0..<count).map { Part($0, of: count).range(of: total, grain: grain) }
      // Each range starts at the end of the previous one, so the ranges are disjoint and complete.
      #expect(ranges.first?.lowerBound == 0)
      #expect(ranges.last?.upperBound == total)
      for (range, next) in zip(ranges, ranges.dropFirst()) {
        #expect(range.upperBound == next.lowerBound)
      }
      #expect(ranges.allSatisfy { $0.lowerBound % grain == 0 || $0.isEmpty })
      // Sizes differ by at most one grain; the last grain may be short.
      let grains = ranges.map { ($0.count + grain - 1) / grain }
      #expect((grains.max() ?? 0) - (grains.min() ?? 0) <= 1)
    }
  }

  @Test func defaultGrainIsOne() {
    #expect((0..<3).map { Part($0, of: 3).range(of: 8) } == [0..<2, 2..<5, 5..<8])
  }
}
