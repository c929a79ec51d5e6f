import Testing

@testable import langevin_benchmark

@Suite struct TimingsTests {
  private func timings(_ seconds: [Double?], operations: Double = 1, steps: Int = 1) -> Timings {
    Samples.timings("a", seconds, operations: operations, steps: steps)
  }

  @Test func contenderWithoutTimingsHasNoStatistics() {
    #expect(timings([nil, nil]).secondsPerStep == nil)
    #expect(timings([nil, 2]).secondsPerStep?.count == 1)
  }

  /// A disturbance that doubles both times of a round does not change their ratio.
  @Test func comparesSpeedRoundByRound() {
    let a = timings([1, 2, 1, nil, 1])
    let b = timings([3, 6, 3, 7, nil])
    #expect(a.speed(relativeTo: b) == 3)
    #expect(b.speed(relativeTo: a) == 1.0 / 3)
    #expect(a.share(of: b) == 1.0 / 3)
    #expect(a.speed(relativeTo: timings([nil, nil, nil, 1, nil])) == nil)
  }

  /// Three steps with twice the operations each, in the time of one step.
  @Test func speedCountsOperations() {
    let large = timings([1, 1], operations: 2, steps: 3)
    #expect(large.speed(relativeTo: timings([1, 1])) == 6)
    #expect(timings([1, 1], operations: 0).speed(relativeTo: timings([2, 2])) == 2)
  }

  @Test func userLimitsReplaceTheDefaults() {
    #expect(Effort().limits(usual: 4) == (1000, 4))
    #expect(Effort(rounds: 7).limits(usual: 4) == (7, .infinity))
    #expect(Effort(seconds: 7).limits(usual: 4) == (.max, 7))
  }
}
