/// Why there is nothing to report.
enum BenchmarkError: Error, Equatable, CustomStringConvertible {
  /// The program was compiled without optimisation.
  case notOptimised
  /// No row's name contains the filter's text.
  case nothingMatches(filter: String, groups: [String])
  /// Two contenders disagree about a product.
  case wrongResult(contender: String, difference: Float)
  /// The model cannot be trained.
  case training(String)

  var description: String {
    switch self {
    case .notOptimised:
      """
      this is a debug build, whose timings mean nothing; build it in release: \
      swift run -c release langevin-benchmark, or make benchmark
      """
    case .nothingMatches(let filter, let groups):
      "no row's name contains '\(filter)'; the groups are: \(groups.joined(separator: ", "))"
    case .wrongResult(let contender, let difference):
      "\(contender): an element of the product is wrong by \(difference)"
    case .training(let reason):
      "the training cannot begin: \(reason)"
    }
  }
}
