/// A piece of work that contenders do: a row of the tables, or a curve of points.
struct Subject: Sendable {
  /// The section of the report.
  let section: Section
  /// The first part of the name, which the subjects of a group share.
  let group: String
  /// The second part of the name.
  let detail: String
  /// The default duration of the measurement, in seconds.
  let seconds: Double
  /// The shortest timing, in seconds.
  let shortestTiming: Double
  /// Creates the contenders and their memory, just before they are measured.
  let contenders: @Sendable () throws(BenchmarkError) -> [Contender]

  /// A timing that is long compared with the resolution and cost of the clock, in seconds.
  static let shortTiming = 200e-6
  /// A timing that is long compared with the time to refill the caches after another contender, in seconds.
  static let longTiming = 5e-3

  /// Creates a row whose timings take at least `shortestTiming` seconds each.
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

  /// The name in the tables.
  var name: String { "\(group) \(detail)" }
}
