import LangevinPreconditions
import LinearAlgebra

/// The intervals (bins) of each column's values. A tree considers splits only at their borders.
struct FeatureBins: Sendable {
  /// The maximum number of bins of a column.
  static let maximum = 255

  /// The borders of each column, in ascending order. Bin b holds the values above border b − 1, up to and
  /// including border b.
  private let borders: [[Float]]

  /// Creates bins with borders between all distinct values of a column, or at its quantiles if there are more
  /// than `maximum` values. A quantile is the sorted value that passes its share, or the mean of two values
  /// if the share falls exactly between them.
  init(_ points: Matrix<Float>) {
    var sort = RadixSort()
    borders = (0..<points.columns).map { column in
      var values = (0..<points.rows).map { points[$0, column] }
      sort.sort(&values)
      return Self.borders(sorted: values)
    }
  }

  /// The number of columns.
  var columns: Int { borders.count }

  /// Returns the bins of all rows of `points`, column by column.
  func bins(of points: Matrix<Float>) -> [UInt8] {
    require(
      points.columns == columns,
      "FeatureBins: the points have \(points.columns) columns, the bins \(columns)")
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
