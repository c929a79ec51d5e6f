/// An error that prevents a report.
enum BenchmarkError: Error, Equatable, CustomStringConvertible {
  /// The program was compiled without optimization.
  case notOptimized
  /// The program was compiled with a sanitizer, whose checks take most of the time.
  case sanitized(by: String)
  /// No row's name contains the filter's text.
  case nothingMatches(filter: String, groups: [String])
  /// None of the selected rows belongs in the plot.
  case nothingToPlot(groups: [String])
  /// The results of two contenders differ.
  case wrongResult(contender: String, difference: Float)
  /// The model cannot be trained.
  case training(String)

  var description: String {
    switch self {
    case .notOptimized:
      """
      langevin-benchmark: timings of a debug build are meaningless; build it in release: \
      swift run -c release langevin-benchmark, or make benchmark
      """
    case .sanitized(let name):
      "\(name): timings of this build are meaningless; build it without --sanitize"
    case .nothingMatches(let filter, let groups):
      "--filter \(filter): no row matches; the groups are: \(groups.joined(separator: ", "))"
    case .nothingToPlot(let groups):
      """
      --plot: --filter excludes all rows of the plot; include one of: \
      \(groups.joined(separator: ", "))
      """
    case .wrongResult(let contender, let difference):
      "\(contender): wrong result (an element is off by \(difference))"
    case .training(let reason):
      "training: \(reason)"
    }
  }
}
