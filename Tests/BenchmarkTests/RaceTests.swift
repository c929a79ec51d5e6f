import Testing

@testable import langevin_benchmark

@Suite struct RaceTests {
  @Test func eachRoundRunsEveryContender() {
    var calls = [0, 0]
    var race = Race(
      [
        Contender("a", operations: 1) { calls[0] += spin(1000) },
        Contender("b", operations: 1) { calls[1] += spin(1000) },
        Contender("c", operations: 1, run: nil),
      ], shortestTiming: 1e-4)
    let timings = race.timings(rounds: 4, seconds: .infinity)
    #expect(timings.map(\.seconds.count) == [4, 4, 0])
    #expect(timings[2].secondsPerStep == nil)
    for timing in timings.prefix(2) {
      for time in timing.seconds { #expect((time ?? 0) > 0) }
    }
    #expect(calls[0] > 0 && calls[1] > 0)
  }

  @Test func runsOneRoundWithoutABudget() {
    var race = Race([Contender("a", operations: 1) { _ = spin(1) }], shortestTiming: 0)
    #expect(race.timings(rounds: 9, seconds: 0)[0].seconds.count == 1)
  }

  /// Work before the stopwatch starts counts neither for a part nor for the whole.
  @Test func wholeIsTheSumOfItsParts() throws {
    let parts = ["short", "long"].map { Contender.Part(name: $0, operations: 1) }
    let contender = Contender("a", parts: parts) { watch in
      _ = spin(300_000)
      watch.start()
      watch.lap(0)
      _ = spin(10_000)
      watch.lap(1)
    }
    var race = Race([contender], shortestTiming: 0)
    let timings = race.timings(rounds: 3, seconds: .infinity)[0]
    let short = try #require(timings.part("short")).seconds.compactMap(\.self)
    let long = try #require(timings.part("long")).seconds.compactMap(\.self)
    #expect(timings.seconds == zip(short, long).map { $0 + $1 })
    #expect(long.allSatisfy { $0 > 0 })
    #expect(timings.part("none") == nil)
  }
}

/// Works for some time and returns 1.
private func spin(_ count: Int) -> Int {
  var sum = 0
  for i in 0..<count { sum ^= i }
  return sum == -1 ? 0 : 1
}
