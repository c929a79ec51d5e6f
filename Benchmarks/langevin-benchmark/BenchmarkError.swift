/// Why there is nothing to report.
enum BenchmarkError: Error, Equatable, CustomStringConvertible {
  /// The program was compiled without optimization.
  case notOptimized
  /// The program was compiled with checks that take most of the time.
  case sanitized(by: String)
  /// No row's name contains the filter's text.
  case nothingMatches(filter: String, groups: [String])
  /// No row of those asked for has a place in the plot.
  case nothingToPlot(groups: [String])
  /// Two contenders disagree about a result.
  case wrongResult(contender: String, difference: Float)
  /// The model cannot be trained.
  case training(String)

  var description: String {
    switch self {
    case .notOptimized:
      """
      this is a debug build, whose timings mean nothing; build it in release: \
      swift run -c release langevin-benchmark, or make benchmark
      """
    case .sanitized(let name):
      "\(name) watches this build, whose timings mean nothing; build it without --sanitize"
    case .nothingMatches(let filter, let groups):
      "no row's name contains '\(filter)'; the groups are: \(groups.joined(separator: ", "))"
    case .nothingToPlot(let groups):
      """
      --plot draws rates against sizes, of which the filter leaves none; let it leave one of: \
      \(groups.joined(separator: ", "))
      """
    case .wrongResult(let contender, let difference):
      "\(contender): an element of the result is wrong by \(difference)"
    case .training(let reason):
      "the training cannot begin: \(reason)"
    }
  }
}
