import LangevinPreconditions
import LinearAlgebra

/// The intervals that each column's numbers are sorted into, so that a tree need consider only their
/// borders.
struct FeatureBins: Sendable {
  /// How many intervals a column has at most.
  static let maximum = 255

  /// For each column, the borders in ascending order. Bin b holds what is above border b − 1 and not above
  /// border b.
  private let borders: [[Float]]

  /// Borders between the values of a column of `points` if these are few, otherwise at its quantiles: the
  /// sorted value where the share is passed, or the mean of two where it is met.
  init(_ points: Matrix) {
    var sort = RadixSort()
    borders = (0..<points.columns).map { column in
      var values = (0..<points.rows).map { points[$0, column] }
      sort.sort(&values)
      return Self.borders(sorted: values)
    }
  }

  /// How many columns.
  var columns: Int { borders.count }

  /// The bins of all rows of `points`, column by column.
  func bins(of points: Matrix) -> [UInt8] {
    require(
      points.columns == columns,
      "FeatureBins: points of \(points.columns) columns in bins of \(columns)")
    return borders.indices.flatMap { column in
      (0..<points.rows).map { Self.bin(of: points[$0, column], borders[column]) }
    }
  }

  private static func borders(sorted values: [Float]) -> [Float] {
    var distinct: [Float] = []
    for value in values where distinct.last != value {
      distinct.append(value)
      if distinct.count > maximum { return quantiles(values) }
    }
    return zip(distinct, distinct.dropFirst()).map { Float((Double($0) + Double($1)) / 2) }
  }

  private static func quantiles(_ values: [Float]) -> [Float] {
    var result: [Float] = []
    for border in 1..<maximum {
      let (place, rest) = (values.count * border).quotientAndRemainder(dividingBy: maximum)
      let value =
        rest > 0 ? values[place] : Float((Double(values[place - 1]) + Double(values[place])) / 2)
      if result.last != value { result.append(value) }
    }
    return result
  }

  private static func bin(of value: Float, _ borders: [Float]) -> UInt8 {
    var (low, high) = (0, borders.count)
    while low < high {
      let middle = (low + high) / 2
      if borders[middle] < value { low = middle + 1 } else { high = middle }
    }
    return UInt8(low)
  }
}
