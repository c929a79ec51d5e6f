import LangevinPreconditions

/// A closed line through corners, with each of its points addressed by the distance from the start.
struct ClosedCurve {
  /// A cubic Bézier curve that begins at the end of the one before.
  struct Segment {
    /// The first control point.
    let first: SIMD2<Double>
    /// The second control point.
    let second: SIMD2<Double>
    /// The end.
    let end: SIMD2<Double>

    /// Creates the curve to (x, y), with control points (x1, y1) and (x2, y2).
    init(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ x: Double, _ y: Double) {
      (first, second, end) = (SIMD2(x1, y1), SIMD2(x2, y2), SIMD2(x, y))
    }
  }

  /// The corners; the last equals the first.
  let corners: [SIMD2<Double>]
  /// The distance of each corner from the start, along the line.
  let distances: [Double]

  /// The length of the line.
  var length: Double { distances[distances.count - 1] }

  /// Creates a curve of `segments`, each replaced by `pieces` straight ones; the first begins where the last ends:
  ///
  ///     B(t) = (1-t)³ a + 3 (1-t)² t b + 3 (1-t) t² c + t³ d,  t = 1/pieces, 2/pieces, …, 1
  init(_ segments: [Segment], pieces: Int = 32) {
    require(!segments.isEmpty, "ClosedCurve: no segments")
    var corners = [segments[segments.count - 1].end]
    for segment in segments {
      let start = corners[corners.count - 1]
      for piece in 1...pieces {
        let t = Double(piece) / Double(pieces)
        let s = 1 - t
        let near = s * s * s * start + 3 * s * s * t * segment.first
        corners.append(near + 3 * s * t * t * segment.second + t * t * t * segment.end)
      }
    }
    var distances = [0.0]
    for (from, to) in zip(corners, corners.dropFirst()) {
      distances.append(
        distances[distances.count - 1] + ((to - from) * (to - from)).sum().squareRoot())
    }
    (self.corners, self.distances) = (corners, distances)
  }

  /// Returns the point at `fraction`, from 0 to 1, of the way around.
  func point(at fraction: Double) -> SIMD2<Double> {
    let distance = fraction * length
    // Search for the piece that holds the point: from the last corner at or before it to the next.
    var (low, high) = (0, corners.count - 1)
    while high - low > 1 {
      let middle = (low + high) / 2
      if distances[middle] <= distance { low = middle } else { high = middle }
    }
    let step = distances[high] - distances[low]
    let part = step > 0 ? (distance - distances[low]) / step : 0
    return corners[low] + part * (corners[high] - corners[low])
  }
}
