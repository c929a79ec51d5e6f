/// What a list of timings comes down to: the middle half, which a few disturbed ones do not move.
struct Statistics: Hashable, Codable {
  /// How many timings.
  let count: Int
  /// A quarter of the timings are below.
  let lowerQuartile: Double
  /// Half of the timings are below.
  let median: Double
  /// Three quarters of the timings are below.
  let upperQuartile: Double

  /// Of `values`, which must not be empty.
  init(_ values: [Double]) {
    precondition(!values.isEmpty, "Statistics: there are no values")
    let sorted = values.sorted()
    count = sorted.count
    lowerQuartile = Self.quantile(0.25, of: sorted)
    median = Self.quantile(0.5, of: sorted)
    upperQuartile = Self.quantile(0.75, of: sorted)
  }

  /// The distance between the quartiles, as a part of the median.
  var spread: Double { median > 0 ? (upperQuartile - lowerQuartile) / median : 0 }

  /// All divided by `divisor`.
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

  /// Interpolated between the neighbors, as NumPy and R do unless told otherwise.
  private static func quantile(_ part: Double, of sorted: [Double]) -> Double {
    let position = part * Double(sorted.count - 1)
    let index = Int(position)
    let next = min(index + 1, sorted.count - 1)
    return sorted[index] + (position - Double(index)) * (sorted[next] - sorted[index])
  }
}
