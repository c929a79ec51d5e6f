/// How long a row is measured: until either limit is reached.
struct Effort: Hashable, Codable {
  /// How often each contender has its turn, at most.
  let rounds: Int?
  /// How many seconds a row takes, at most; nil is the row's own default, if rounds are not limited.
  let seconds: Double?

  /// What the user asked for.
  init(rounds: Int? = nil, seconds: Double? = nil) {
    self.rounds = rounds
    self.seconds = seconds
  }

  /// The limits of a row that takes `usual` seconds unless told otherwise.
  ///
  /// Who gives one limit is not stopped by the other's default.
  func limits(usual: Double) -> (rounds: Int, seconds: Double) {
    (
      rounds ?? (seconds == nil ? 1000 : .max),
      seconds ?? (rounds == nil ? usual : .infinity)
    )
  }
}
