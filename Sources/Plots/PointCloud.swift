internal import LinearAlgebra

/// The rows of a matrix that can be drawn as points in the plane.
struct PointCloud {
  /// The first coordinate of each point.
  private(set) var x: [Double] = []
  /// The second coordinate of each point.
  private(set) var y: [Double] = []
  /// The number of rows left out because a coordinate is NaN or infinite.
  private(set) var leftOut = 0

  var count: Int { x.count }

  /// Takes the points from the first two columns of `matrix`.
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
