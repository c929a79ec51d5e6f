/// The figures of one contender in a row.
struct Measurement: Hashable, Codable {
  /// The name of the contender.
  let contender: String
  /// The number of threads.
  let threads: Int
  /// The position on the x axis of a plot.
  let size: Int?
  /// The number of repetitions of the work in each timing.
  let repeats: Int
  /// The floating-point operations of the products in one step.
  let operationsPerStep: Double
  /// The time of one step in seconds; nil if the contender did not run.
  let secondsPerStep: Statistics?
  /// The rate at the median time, in 10⁹ operations per second.
  let gigaflops: Double?
  /// The name of the contender to compare it with.
  let against: String
  /// The speed relative to that contender, as a median over rounds.
  let relativeSpeed: Double?
  /// The rate relative to the highest rate of the row, as a median over rounds.
  let partOfBest: Double?
  /// The time of this part relative to the whole work, as a median over rounds.
  let share: Double?
  /// The time of the operations alone at the peak with the same number of threads, in seconds.
  private(set) var secondsAtPeak: Double?
  /// The rate relative to that peak.
  private(set) var partOfPeak: Double?

  /// Creates the figures of `timings`, compared with the timings of all contenders.
  ///
  /// If `timings` are those of a part, `whole` are those of the whole work.
  init(_ timings: Timings, beside all: [Timings], whole: Timings?) {
    let best = all.max { $0.gigaflops ?? 0 < $1.gigaflops ?? 0 }
    contender = timings.contender.name
    threads = timings.contender.threads
    size = timings.contender.size
    repeats = timings.repeats
    operationsPerStep = timings.contender.operations
    secondsPerStep = timings.secondsPerStep
    gigaflops = timings.gigaflops
    against = timings.contender.against
    let other = all.first { $0.contender.name == timings.contender.against }
    relativeSpeed = other.flatMap { timings.speed(relativeTo: $0) }
    partOfBest = gigaflops == nil ? nil : best.flatMap { timings.speed(relativeTo: $0) }
    share = whole.flatMap { timings.share(of: $0) }
  }

  /// Returns the measurement with its comparison to the peak.
  func compared(with peak: Peak) -> Measurement {
    var copy = self
    if let rate = peak.gigaflops(threads: threads), operationsPerStep > 0 {
      copy.secondsAtPeak = operationsPerStep / (rate * 1e9)
      copy.partOfPeak = gigaflops.map { $0 / rate }
    }
    return copy
  }
}
