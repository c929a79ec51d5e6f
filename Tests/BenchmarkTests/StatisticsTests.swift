import Testing

@testable import langevin_benchmark

@Suite struct StatisticsTests {
  @Test func acceptsASingleValue() {
    let statistics = Statistics([3])
    #expect(statistics.count == 1)
    #expect(statistics.lowerQuartile == 3)
    #expect(statistics.median == 3)
    #expect(statistics.upperQuartile == 3)
    #expect(statistics.spread == 0)
  }

  @Test func doesNotDependOnTheOrder() {
    let statistics = Statistics([5, 1, 4, 2, 3])
    #expect(statistics.lowerQuartile == 2)
    #expect(statistics.median == 3)
    #expect(statistics.upperQuartile == 4)
    #expect(statistics == Statistics([1, 2, 3, 4, 5]))
  }

  /// The same values as `numpy.quantile([1, 2, 3, 4], [0.25, 0.5, 0.75])`.
  @Test func interpolates() {
    let statistics = Statistics([1, 2, 3, 4])
    #expect(statistics.lowerQuartile == 1.75)
    #expect(statistics.median == 2.5)
    #expect(statistics.upperQuartile == 3.25)
    #expect(statistics.spread == 0.6)
  }

  @Test func isRobustAgainstOneOutlier() {
    #expect(Statistics([1, 1, 1, 1, 1000]).upperQuartile == 1)
  }

  @Test func dividesByACount() {
    let statistics = Statistics([2, 4, 6]).divided(by: 2)
    #expect(statistics == Statistics([1, 2, 3]))
  }
}
