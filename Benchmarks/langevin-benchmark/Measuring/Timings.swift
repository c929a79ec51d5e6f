/// What was measured of one contender, or of one part of its work.
struct Timings {
  /// Who.
  let contender: Contender
  /// How often the work was repeated within each timing.
  let repeats: Int
  /// Seconds of one run of the work, by round; nil in rounds that the contender sat out.
  let seconds: [Double?]
  /// The same of each part.
  let parts: [[Double?]]

  /// Timings of `contender`.
  init(_ contender: Contender, repeats: Int, seconds: [Double?], parts: [[Double?]] = []) {
    precondition(
      parts.count == contender.parts.count,
      "Timings: \(parts.count) parts do not fit \(contender.name)'s \(contender.parts.count)")
    self.contender = contender
    self.repeats = repeats
    self.seconds = seconds
    self.parts = parts
  }

  /// The timings of the part `name`; nil if there is none.
  func part(_ name: String) -> Timings? {
    guard let index = contender.parts.firstIndex(where: { $0.name == name }) else { return nil }
    let part = Contender(
      contender.name, threads: contender.threads, operations: contender.parts[index].operations,
      steps: contender.steps, against: contender.against, run: nil)
    return Timings(part, repeats: repeats, seconds: parts[index])
  }

  /// Seconds of one step; nil if the contender never ran.
  var secondsPerStep: Statistics? {
    let taken = seconds.compactMap(\.self)
    return taken.isEmpty ? nil : Statistics(taken).divided(by: Double(contender.steps))
  }

  /// 10⁹ operations a second at the median; nil if there are no operations, or it never ran.
  var gigaflops: Double? {
    guard contender.operations > 0, let secondsPerStep else { return nil }
    return contender.operations / secondsPerStep.median * 1e-9
  }

  /// The part that these seconds are of `other`'s, as a median over rounds.
  func share(of other: Timings) -> Double? {
    medianOverRounds(other) { own, others in others > 0 ? own / others : nil }
  }

  /// How many times as many operations a second as `other` it did, as a median over the rounds that
  /// both ran in; for equal work, and work without operations, how many times as fast.
  func speed(relativeTo other: Timings) -> Double? {
    let hasOperations = contender.operations > 0 && other.contender.operations > 0
    let steps = Double(contender.steps) / Double(other.contender.steps)
    let work = hasOperations ? contender.operations / other.contender.operations : 1
    return medianOverRounds(other) { own, others in own > 0 ? work * steps * others / own : nil }
  }

  /// Neighbors in time share most of a disturbance, so that their ratio is steadier than that of
  /// the two medians.
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
