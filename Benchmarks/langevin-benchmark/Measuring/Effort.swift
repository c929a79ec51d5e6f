/// The limits of the measurement of a row, which ends when the first one is reached.
struct Effort: Hashable, Codable {
  /// The largest number of rounds.
  let rounds: Int?
  /// The longest time in seconds; nil means the row's default, or no limit if `rounds` is given.
  let seconds: Double?

  /// Creates limits from the user's options.
  init(rounds: Int? = nil, seconds: Double? = nil) {
    self.rounds = rounds
    self.seconds = seconds
  }

  /// Returns the limits of a row that takes `usual` seconds by default.
  ///
  /// If the user gives only one limit, the default of the other does not apply.
  func limits(usual: Double) -> (rounds: Int, seconds: Double) {
    (
      rounds ?? (seconds == nil ? 1000 : .max),
      seconds ?? (rounds == nil ? usual : .infinity)
    )
  }
}
