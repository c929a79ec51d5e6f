#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

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
