/// The median and quartiles of a list of timings, which a few disturbed timings do not affect.
struct Statistics: Hashable, Codable {
  /// The number of timings.
  let count: Int
  /// The value below which a quarter of the timings lie.
  let lowerQuartile: Double
  /// The value below which half of the timings lie.
  let median: Double
  /// The value below which three quarters of the timings lie.
  let upperQuartile: Double

  /// Creates the statistics of `values`, which must not be empty.
  init(_ values: [Double]) {
    precondition(!values.isEmpty, "Statistics: no values")
    let sorted = values.sorted()
    count = sorted.count
    lowerQuartile = Self.quantile(0.25, of: sorted)
    median = Self.quantile(0.5, of: sorted)
    upperQuartile = Self.quantile(0.75, of: sorted)
  }

  /// The distance between the quartiles, relative to the median.
  var spread: Double { median > 0 ? (upperQuartile - lowerQuartile) / median : 0 }

  /// Returns the statistics divided by `divisor`.
  func divided(by divisor: Double) -> Statistics {
    Statistics(
      count: count, lowerQuartile: lowerQuartile / divisor, median: median / divisor,
      upperQuartile: upperQuartile / divisor)
  }

  private init(count: Int, lowerQuartile: Double, median: Double, upperQuartile: Double) {
    self.count = count
    self.lowerQuartile = lowerQuartile
    self.median = median
    self.upperQuartile = upperQuartile
  }

  /// Returns a quantile, interpolated linearly between neighbors, as NumPy and R do by default.
  private static func quantile(_ part: Double, of sorted: [Double]) -> Double {
    let position = part * Double(sorted.count - 1)
    let index = Int(position)
    let next = min(index + 1, sorted.count - 1)
    return sorted[index] + (position - Double(index)) * (sorted[next] - sorted[index])
  }
}
