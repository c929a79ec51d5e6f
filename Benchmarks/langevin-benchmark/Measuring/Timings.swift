/// The timings of one contender, or of one part of its work.
struct Timings {
  /// The contender.
  let contender: Contender
  /// The number of repetitions of the work in each timing.
  let repeats: Int
  /// The seconds of one run of the work, by round; nil in rounds that the contender skipped.
  let seconds: [Double?]
  /// The seconds of each part, by round.
  let parts: [[Double?]]

  /// Creates the timings of `contender`.
  init(_ contender: Contender, repeats: Int, seconds: [Double?], parts: [[Double?]] = []) {
    precondition(
      parts.count == contender.parts.count,
      "Timings: \(parts.count) parts do not fit \(contender.name)'s \(contender.parts.count)")
    self.contender = contender
    self.repeats = repeats
    self.seconds = seconds
    self.parts = parts
  }

  /// Returns the timings of the part `name`; nil if there is no such part.
  func part(_ name: String) -> Timings? {
    guard let index = contender.parts.firstIndex(where: { $0.name == name }) else { return nil }
    let part = Contender(
      contender.name, threads: contender.threads, operations: contender.parts[index].operations,
      steps: contender.steps, against: contender.against, run: nil)
    return Timings(part, repeats: repeats, seconds: parts[index])
  }

  /// The seconds of one step; nil if the contender never ran.
  var secondsPerStep: Statistics? {
    let taken = seconds.compactMap(\.self)
    return taken.isEmpty ? nil : Statistics(taken).divided(by: Double(contender.steps))
  }

  /// The rate at the median time, in 10⁹ operations per second; nil without operations or runs.
  var gigaflops: Double? {
    guard contender.operations > 0, let secondsPerStep else { return nil }
    return contender.operations / secondsPerStep.median * 1e-9
  }

  /// Returns the time relative to that of `other`, as a median over rounds.
  func share(of other: Timings) -> Double? {
    medianOverRounds(other) { own, others in others > 0 ? own / others : nil }
  }

  /// Returns the rate relative to that of `other`, as a median over the rounds in which both ran.
  ///
  /// For equal work, and work without operations, it is the relative speed.
  func speed(relativeTo other: Timings) -> Double? {
    let hasOperations = contender.operations > 0 && other.contender.operations > 0
    let steps = Double(contender.steps) / Double(other.contender.steps)
    let work = hasOperations ? contender.operations / other.contender.operations : 1
    return medianOverRounds(other) { own, others in own > 0 ? work * steps * others / own : nil }
  }

  /// Returns the median of the ratios in each round.
  ///
  /// Timings of the same round share most of a disturbance, so their ratio varies less than the ratio of the
  /// two medians.
  private func medianOverRounds(
    _ other: Timings, _ ratio: (Double, Double) -> Double?
  ) -> Double? {
    let ratios = zip(seconds, other.seconds).compactMap { own, others -> Double? in
      guard let own, let others else { return nil }
      return ratio(own, others)
    }
    return ratios.isEmpty ? nil : Statistics(ratios).median
  }
}
