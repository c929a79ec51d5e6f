/// What was measured of one contender.
struct Timings {
  /// Who.
  let name: String
  /// How many threads it used.
  let threads: Int
  /// How often the work was repeated within each timing.
  let repeats: Int
  /// Seconds of one run of the work, by round; nil in rounds that the contender sat out.
  let seconds: [Double?]

  /// Seconds of one run; nil if the contender never ran.
  var statistics: Statistics? {
    let taken = seconds.compactMap(\.self)
    return taken.isEmpty ? nil : Statistics(taken)
  }

  /// How many times as fast as `other` it was, as a median over the rounds that both ran in.
  ///
  /// Neighbours in time share most of a disturbance, so that their ratio is steadier than that of
  /// the two medians.
  func speed(relativeTo other: Timings) -> Double? {
    let ratios = zip(seconds, other.seconds).compactMap { own, others -> Double? in
      guard let own, let others, own > 0 else { return nil }
      return others / own
    }
    return ratios.isEmpty ? nil : Statistics(ratios).median
  }
}
