/// A piece of work that contenders do side by side: a row of the tables, or a curve of points.
struct Subject: Sendable {
  /// Which part of the report shows it.
  let section: Section
  /// The first part of its name, which it shares with others.
  let group: String
  /// The second part of its name.
  let detail: String
  /// How many seconds it is measured unless the user says otherwise.
  let seconds: Double
  /// The shortest timing, in seconds.
  let shortestTiming: Double
  /// Makes the contenders, with the memory that they need, only when their turn has come.
  let contenders: @Sendable () throws(BenchmarkError) -> [Contender]

  /// Long beside the clock's resolution and its own cost.
  static let shortTiming = 200e-6
  /// Long beside the time that it takes to get back what the contender before has put out of the
  /// caches.
  static let longTiming = 5e-3

  /// A row whose timings take at least `shortestTiming` seconds each.
  init(
    _ section: Section, group: String, detail: String, seconds: Double,
    shortestTiming: Double = shortTiming,
    contenders: @escaping @Sendable () throws(BenchmarkError) -> [Contender]
  ) {
    self.section = section
    self.group = group
    self.detail = detail
    self.seconds = seconds
    self.shortestTiming = shortestTiming
    self.contenders = contenders
  }

  /// What the tables call it.
  var name: String { "\(group) \(detail)" }
}
