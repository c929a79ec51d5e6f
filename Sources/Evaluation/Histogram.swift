/// The statistics of the rows in a node: for each column and bin, the sums of gradients and curvatures, and
/// the number of rows.
struct Histogram {
  /// The sums over the rows of one bin.
  struct Bin {
    var gradient = 0.0
    var curvature = 0.0
    var count = 0
  }

  /// The bins, column by column.
  private(set) var bins: [Bin]

  /// Creates the sums over `rows`. `data` holds the bins of all rows, column by column.
  init(of rows: ArraySlice<Int32>, data: [UInt8], columns: Int, slopes: [Slope]) {
    var bins = [Bin](repeating: Bin(), count: columns * (FeatureBins.maximum + 1))
    let own = rows.map { slopes[Int($0)] }
    for column in 0..<columns {
      let start = column * slopes.count
      let first = column * (FeatureBins.maximum + 1)
      var next = 0
      for row in rows {
        let bin = first + Int(data[start + Int(row)])
        bins[bin].gradient += own[next].gradient
        bins[bin].curvature += own[next].curvature
        bins[bin].count += 1
        next += 1
      }
    }
    self.bins = bins
  }

  /// Returns the histogram of the rows that are not in `part`.
  func without(_ part: Histogram) -> Histogram {
    var result = self
    for index in bins.indices {
      result.bins[index].gradient -= part.bins[index].gradient
      result.bins[index].curvature -= part.bins[index].curvature
      result.bins[index].count -= part.bins[index].count
    }
    return result
  }

  /// Returns the bins of column `column`.
  func column(_ column: Int) -> ArraySlice<Bin> {
    let width = FeatureBins.maximum + 1
    return bins[column * width..<(column + 1) * width]
  }
}

/// The first two derivatives of a row's loss with respect to its log-odds.
struct Slope: Sendable {
  var gradient: Double
  var curvature: Double
}
