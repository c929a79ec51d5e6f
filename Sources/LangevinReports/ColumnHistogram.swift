/// The histograms of a column in the data and in the samples, with the same bins.
///
/// A column with few distinct values, such as counts, has one bin per value. Other columns have bins of equal
/// width, an integer if all values are integers, that cover the bulk of the data and a margin on both sides.
struct ColumnHistogram: Equatable {
  /// The edges of the bins in ascending order, one more than there are bins.
  let edges: [Double]
  /// The share of the data in each bin.
  let data: [Double]
  /// The share of the samples in each bin.
  let samples: [Double]
  /// The share of the samples outside all bins.
  let samplesBeyond: Double

  /// The largest number of distinct values that have one bin each.
  private static let valueLimit = 20

  /// Creates the histograms of these numbers, which must be finite.
  init(data: [Double], samples: [Double], bins: Int = 40) {
    let sorted = data.sorted()
    edges = Self.edges(sorted, bins: bins)
    self.data = Self.shares(data, edges)
    let shares = Self.shares(samples, edges)
    self.samples = shares
    samplesBeyond = samples.isEmpty ? 0 : max(0, 1 - shares.reduce(0, +))
  }

  private static func edges(_ sorted: [Double], bins: Int) -> [Double] {
    guard let first = sorted.first, let last = sorted.last else { return [0, 1] }
    var values = [first]
    for value in sorted where value != values[values.count - 1] {
      values.append(value)
      if values.count > valueLimit { break }
    }
    if values.count == 1 {
      let room = max(0.5, abs(first) / 2)
      return [first - room, first + room]
    }
    if values.count <= valueLimit {
      let middles = zip(values, values.dropFirst()).map { $0 + ($1 - $0) / 2 }
      return [2 * first - middles[0]] + middles + [2 * last - middles[middles.count - 1]]
    }
    let tail = sorted.count / 200
    let (low, high) = (sorted[tail], sorted[sorted.count - 1 - tail])
    // If the data are nearly constant, the bulk may be a single value.
    let (lower, upper) = low < high ? (low, high) : (first, last)
    let room = 0.15 * (upper - lower)
    let width = (upper - lower + 2 * room) / Double(bins)
    // Bins of integers must contain equally many of them; otherwise some bins would be higher for that reason
    // alone.
    if sorted.allSatisfy({ $0 == $0.rounded() && $0.magnitude < 1e9 }) {
      let (start, width) = ((lower - room).rounded(.down) - 0.5, width.rounded(.up))
      let bins = Int(((upper + room - start) / width).rounded(.up))
      return (0...bins).map { start + Double($0) * width }
    }
    return (0...bins).map { lower - room + Double($0) * width }
  }

  private static func shares(_ numbers: [Double], _ edges: [Double]) -> [Double] {
    var counts = [Double](repeating: 0, count: edges.count - 1)
    for number in numbers where number >= edges[0] && number <= edges[edges.count - 1] {
      // The last edge belongs to the last bin.
      var (low, high) = (0, counts.count - 1)
      while low < high {
        let middle = (low + high + 1) / 2
        if edges[middle] <= number { low = middle } else { high = middle - 1 }
      }
      counts[low] += 1
    }
    return counts.map { $0 / Double(max(1, numbers.count)) }
  }
}
