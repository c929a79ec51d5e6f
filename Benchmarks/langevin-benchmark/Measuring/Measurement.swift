/// What is reported of one contender in a row.
struct Measurement: Hashable, Codable {
  /// Who.
  let contender: String
  /// How many threads it used.
  let threads: Int
  /// Its place on the x axis of a plot.
  let size: Int?
  /// How often the work was repeated within each timing.
  let repeats: Int
  /// Floating-point operations of the products in one step.
  let operationsPerStep: Double
  /// Seconds of one step; nil if the contender sat out.
  let secondsPerStep: Statistics?
  /// 10⁹ operations a second, at the median.
  let gigaflops: Double?
  /// The name of the contender that it is compared with.
  let against: String
  /// How many times as fast as that one, as a median over rounds.
  let relativeSpeed: Double?
  /// Which part of the row's highest rate it reached, as a median over rounds.
  let partOfBest: Double?
  /// Which part of the time of the whole work this part of it took, as a median over rounds.
  let share: Double?
  /// Seconds that the operations alone would take at the peak of as many threads.
  private(set) var secondsAtPeak: Double?
  /// Which part of that peak was reached.
  private(set) var partOfPeak: Double?

  /// From `timings`, which `whole` is all of if they are a part, beside those of all contenders.
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

  /// The same, beside what the processor can do.
  func compared(with peak: Peak) -> Measurement {
    var copy = self
    if let rate = peak.gigaflops(threads: threads), operationsPerStep > 0 {
      copy.secondsAtPeak = operationsPerStep / (rate * 1e9)
      copy.partOfPeak = gigaflops.map { $0 / rate }
    }
    return copy
  }
}
