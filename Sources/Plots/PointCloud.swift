internal import LinearAlgebra

/// The rows of a matrix that can be drawn as points of the plane.
struct PointCloud {
  /// The first column.
  private(set) var x: [Double] = []
  /// The second column.
  private(set) var y: [Double] = []
  /// How many rows had a coordinate that is NaN or infinite.
  private(set) var leftOut = 0

  var count: Int { x.count }

  /// The first two columns of `matrix`.
  init(_ matrix: Matrix) {
    for row in 0..<matrix.rows {
      let coordinates = (Double(matrix[row, 0]), Double(matrix[row, 1]))
      if DataRange.canShow(coordinates.0), DataRange.canShow(coordinates.1) {
        x.append(coordinates.0)
        y.append(coordinates.1)
      } else {
        leftOut += 1
      }
    }
  }
}
