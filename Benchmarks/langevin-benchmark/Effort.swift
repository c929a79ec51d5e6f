/// How long a row is measured: until either limit is reached.
struct Effort: Hashable {
  /// How often each contender has its turn, at most.
  var rounds: Int
  /// How many seconds a row takes, at most.
  var seconds: Double

  /// What the user asked for.
  ///
  /// Who gives one limit is not stopped by the other's default.
  init(rounds: Int? = nil, seconds: Double? = nil) {
    self.rounds = rounds ?? (seconds == nil ? 1000 : .max)
    self.seconds = seconds ?? (rounds == nil ? 4 : .infinity)
  }
}
