/// Contenders that take turns, so that whatever disturbs the machine disturbs all of them alike.
struct Race {
  /// The shortest timing, in seconds: long beside the clock's resolution and its own cost.
  static let shortestTiming = 200e-6

  private let contenders: [Contender]
  private var repeats: [Int]
  private var seconds: [[Double?]]
  private var spent: [Double]

  /// Warms up the contenders, and finds out how often each has to repeat its work.
  init(_ contenders: [Contender]) {
    self.contenders = contenders
    seconds = contenders.map { _ in [] }
    spent = contenders.map { _ in 0 }
    repeats = contenders.map { contender in
      guard let run = contender.run else { return 0 }
      var repeats = 1
      // Twice as often as needed at the first try: the first run is the slowest.
      while Self.time(repeats, run) < Self.shortestTiming { repeats *= 2 }
      return repeats
    }
  }

  /// All timings of a race as long as `effort` says, of at least one round.
  mutating func timings(_ effort: Effort) -> [Timings] {
    let clock = ContinuousClock()
    let start = clock.now
    var round = 0
    repeat {
      runRound(round)
      round += 1
    } while round < effort.rounds && (clock.now - start) / .seconds(1) < effort.seconds
    return contenders.indices.map {
      Timings(
        name: contenders[$0].name, threads: contenders[$0].threads, repeats: repeats[$0],
        seconds: seconds[$0])
    }
  }

  private mutating func runRound(_ round: Int) {
    let others = spent.reduce(0, +)
    for turn in contenders.indices {
      // Who is first moves on, so that nobody always follows the same other.
      let index = (round + turn) % contenders.count
      guard let run = contenders[index].run else { continue }
      // A slow one sits out while it has had half of the time: the others need it more.
      if round >= 5 && contenders.count > 2 && spent[index] > others / 2 {
        seconds[index].append(nil)
        continue
      }
      let time = Self.time(repeats[index], run)
      spent[index] += time
      seconds[index].append(time / Double(repeats[index]))
    }
  }

  private static func time(_ repeats: Int, _ run: () -> Void) -> Double {
    ContinuousClock().measure { for _ in 0..<repeats { run() } } / .seconds(1)
  }
}
