/// A race of contenders that take turns, so that disturbances of the machine affect all of them equally.
struct Race {
  private let contenders: [Contender]
  private var repeats: [Int]
  private var results: [[Result?]]
  private var spent: [Double]

  /// The seconds of one run and of each of its parts.
  private typealias Result = (whole: Double, parts: [Double])

  /// Creates a race and warms up the contenders.
  ///
  /// It finds how often each contender must repeat its work for a timing to take `shortestTiming` seconds.
  init(_ contenders: [Contender], shortestTiming: Double) {
    self.contenders = contenders
    results = contenders.map { _ in [] }
    spent = contenders.map { _ in 0 }
    repeats = contenders.map { contender in
      guard contender.run != nil else { return 0 }
      var repeats = 1
      // Doubling gives at most twice the repeats needed, and warms up: the first run is the slowest.
      while Self.time(contender, repeats).elapsed < shortestTiming { repeats *= 2 }
      return repeats
    }
  }

  /// Runs the race for at least one round and at most `rounds` rounds and `seconds` seconds.
  mutating func timings(rounds: Int, seconds: Double) -> [Timings] {
    let clock = ContinuousClock()
    let start = clock.now
    var round = 0
    repeat {
      runRound(round)
      round += 1
    } while round < rounds && (clock.now - start) / .seconds(1) < seconds
    return contenders.indices.map { index in
      let contender = contenders[index]
      return Timings(
        contender, repeats: repeats[index], seconds: results[index].map { $0?.whole },
        parts: contender.parts.indices.map { part in results[index].map { $0?.parts[part] } })
    }
  }

  private mutating func runRound(_ round: Int) {
    let all = spent.reduce(0, +)
    for turn in contenders.indices {
      // Rotate the order, so that no contender always comes first.
      let index = (round + turn) % contenders.count
      if repeats[index] == 0 { continue }
      // A contender that has used more than half of the time skips rounds, to leave time for the others.
      if round >= 5 && contenders.count > 2 && spent[index] > all / 2 {
        results[index].append(nil)
        continue
      }
      let (elapsed, result) = Self.time(contenders[index], repeats[index])
      spent[index] += elapsed
      results[index].append(result)
    }
  }

  /// Runs `contender` `repeats` times and returns the times.
  ///
  /// If the contender has parts, work outside them does not count in the result.
  private static func time(
    _ contender: Contender, _ repeats: Int
  ) -> (elapsed: Double, result: Result) {
    var watch = Stopwatch(parts: contender.parts.count)
    let elapsed =
      ContinuousClock().measure { for _ in 0..<repeats { contender.run?(&watch) } } / .seconds(1)
    let parts = watch.seconds.map { $0 / Double(repeats) }
    let whole = parts.isEmpty ? elapsed / Double(repeats) : parts.reduce(0, +)
    return (elapsed, (whole, parts))
  }
}
