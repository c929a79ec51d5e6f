extension Chart {
  /// Returns a line of `kind` through `points`, broken at points that are not finite.
  func line(_ points: [(x: Double, y: Double)], _ kind: String) -> String {
    var path = ""
    var isBroken = true
    for point in points {
      guard point.x.isFinite, point.y.isFinite else {
        isBroken = true
        continue
      }
      let place = place(point.x, point.y)
      path += "\(isBroken ? "M" : "L")\(place.x) \(place.y)"
      isBroken = false
    }
    return "<path class=\"line \(kind)\" d=\"\(path)\"/>"
  }

  /// Returns a dot of `kind` for each of `points` near the chart.
  ///
  /// One path cannot cover a place twice, so the points are spread over several. That makes crowds darker.
  func dots(_ points: [(x: Double, y: Double)], _ kind: String) -> String {
    let paths = 24
    // If there are few points, the dots are larger and more opaque.
    let kind = points.count < 800 ? "few \(kind)" : kind
    return (0..<paths).map { part in
      var path = ""
      for point in points[points.count * part / paths..<points.count * (part + 1) / paths] {
        guard point.x.isFinite, point.y.isFinite else { continue }
        let place = place(point.x, point.y)
        guard (0...1000).contains(place.x), (0...1000).contains(place.y) else { continue }
        path += "M\(place.x) \(place.y)h0"
      }
      return path.isEmpty ? "" : "<path class=\"dots \(kind)\" d=\"\(path)\"/>"
    }.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  /// Returns a line of steps.
  ///
  /// - Parameters:
  ///   - heights: The height of each step.
  ///   - edges: The edges of the steps, one more than there are heights.
  ///   - kind: The class of the line, for its style.
  ///   - isFilled: Whether the area down to y = 0 is filled.
  func steps(
    _ heights: [Double], between edges: [Double], _ kind: String, isFilled: Bool
  ) -> String {
    guard let first = edges.first else { return "" }
    let start = place(first, 0)
    var path = "M\(start.x) \(start.y)"
    for (index, height) in heights.enumerated() {
      path += "V\(place(first, height).y)H\(place(edges[index + 1], 0).x)"
    }
    path += "V\(start.y)" + (isFilled ? "Z" : "")
    return "<path class=\"\(isFilled ? "area" : "line") \(kind)\" d=\"\(path)\"/>"
  }
}
