internal import LinearAlgebra

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

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
  init(_ matrix: Matrix<Float>) {
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

/// The radius and the opacity of points. Many points are smaller and fainter than few, so that the
/// plot shows where they are dense.
struct PointLook: Equatable {
  let radius: Double
  let opacity: Double

  /// Creates the look of `count` points in a frame whose shorter side is `side` points long.
  init(count: Int, side: Double) {
    let crowd = max(1, Double(count) / 100)
    // A smaller frame is like a plot seen from farther away.
    let zoom = min(1.2, max(0.45, (side / 300).squareRoot()))
    radius = max(0.45, 2.6 * zoom * pow(crowd, -0.22))
    opacity = max(0.04, 0.8 * min(1, zoom + 0.15) * pow(crowd, -0.22))
  }
}
