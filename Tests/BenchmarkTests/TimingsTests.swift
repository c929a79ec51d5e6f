import Testing

@testable import langevin_benchmark

@Suite struct TimingsTests {
  private func timings(_ seconds: [Double?]) -> Timings {
    Timings(name: "a", threads: 1, repeats: 1, seconds: seconds)
  }

  @Test func whoSatOutHasNoStatistics() {
    #expect(timings([nil, nil]).statistics == nil)
    #expect(timings([nil, 2]).statistics?.count == 1)
  }

  /// A disturbance that doubles both times of a round leaves their ratio alone.
  @Test func speedIsComparedRoundByRound() {
    let a = timings([1, 2, 1, nil, 1])
    let b = timings([3, 6, 3, 7, nil])
    #expect(a.speed(relativeTo: b) == 3)
    #expect(b.speed(relativeTo: a) == 1.0 / 3)
    #expect(a.speed(relativeTo: timings([nil, nil, nil, 1, nil])) == nil)
  }

  @Test func everyContenderHasATurnInEachRound() {
    var calls = [0, 0]
    var race = Race([
      Contender(name: "a", threads: 1) { calls[0] += spin(1000) },
      Contender(name: "b", threads: 1) { calls[1] += spin(1000) },
      Contender(name: "c", threads: 1, run: nil),
    ])
    let timings = race.timings(Effort(rounds: 4))
    #expect(timings.map(\.seconds.count) == [4, 4, 0])
    #expect(timings[2].statistics == nil)
    for timing in timings.prefix(2) {
      for time in timing.seconds { #expect((time ?? 0) > 0) }
    }
    #expect(calls[0] > 0 && calls[1] > 0)
  }

  @Test func limitsOfTheUserReplaceTheDefaults() {
    #expect(Effort() == Effort(rounds: 1000, seconds: 4))
    #expect(Effort(rounds: 7).seconds == .infinity)
    #expect(Effort(seconds: 7).rounds == .max)
  }
}

/// Work that takes some time; returns 1.
private func spin(_ count: Int) -> Int {
  var sum = 0
  for i in 0..<count { sum ^= i }
  return sum == -1 ? 0 : 1
}
