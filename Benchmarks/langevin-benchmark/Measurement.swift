/// What is reported of one contender in a row.
struct Measurement: Hashable, Codable {
  /// Who.
  let contender: String
  /// How many threads it used.
  let threads: Int
  /// How often the work was repeated within each timing.
  let repeats: Int
  /// Seconds of one step; nil if the contender sat out.
  let secondsPerStep: Statistics?
  /// 10⁹ operations a second, at the median.
  let gigaflops: Double?
  /// How many times as fast as OpenBLAS, as a median over rounds.
  let speedRelativeToOpenBLAS: Double?
}
