extension Chart {
  /// A line of `kind` through `points`, broken where one is not a number.
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

  /// A dot of `kind` for each of `points` that lies on the chart.
  ///
  /// One path covers nothing twice, so the points are spread over some: then a crowd is darker.
  func dots(_ points: [(x: Double, y: Double)], _ kind: String) -> String {
    let paths = 24
    // A few are larger and clearer.
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

  /// Steps of `kind` of these `heights` between `edges`, of which there is one more; filled down to
  /// y = 0 if `isFilled`.
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
