/// Contenders that take turns, so that whatever disturbs the machine disturbs all of them alike.
struct Race {
  private let contenders: [Contender]
  private var repeats: [Int]
  private var results: [[Result?]]
  private var spent: [Double]

  /// Seconds of one run, and of each of its parts.
  private typealias Result = (whole: Double, parts: [Double])

  /// Warms up the contenders, and finds out how often each has to repeat its work for a timing to
  /// take `shortestTiming` seconds.
  init(_ contenders: [Contender], shortestTiming: Double) {
    self.contenders = contenders
    results = contenders.map { _ in [] }
    spent = contenders.map { _ in 0 }
    repeats = contenders.map { contender in
      guard contender.run != nil else { return 0 }
      var repeats = 1
      // Twice as often as needed at the first try: the first run is the slowest.
      while Self.time(contender, repeats).elapsed < shortestTiming { repeats *= 2 }
      return repeats
    }
  }

  /// All timings of a race of at most `rounds` rounds and `seconds` seconds, but at least one round.
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
      // Who is first moves on, so that nobody always follows the same other.
      let index = (round + turn) % contenders.count
      if repeats[index] == 0 { continue }
      // A slow one sits out while it has had half of the time: the others need it more.
      if round >= 5 && contenders.count > 2 && spent[index] > all / 2 {
        results[index].append(nil)
        continue
      }
      let (elapsed, result) = Self.time(contenders[index], repeats[index])
      spent[index] += elapsed
      results[index].append(result)
    }
  }

  /// Runs `contender` `repeats` times. What it does outside of its parts, if it has any, does not
  /// count as its own.
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
