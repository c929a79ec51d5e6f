internal import LinearAlgebra
internal import Plots

extension ReportSection {
  /// Samples beside data, in the plane of two columns: both, if there are two, or else the pairs that
  /// are correlated most strongly in the data, three at most.
  ///
  /// - Parameter limit: How many points of each are drawn at most.
  package static func scatter(_ columns: NamedColumns, limit: Int = 3000) -> ReportSection {
    let figures = pairs(columns).map { figure(columns, $0, $1, limit: limit) }
    let text =
      columns.names.count > 2
      ? "Pairs of columns, those that are correlated most strongly in the data."
      : "Points of the data, and as many samples, over the same axes."
    return ReportSection(
      id: "samples", title: "Samples beside data",
      html: HTML.paragraph(text) + "\n" + figures.joined(separator: "\n"))
  }

  private static func pairs(_ columns: NamedColumns) -> [(Int, Int)] {
    let count = columns.names.count
    if count <= 2 { return count == 2 ? [(0, 1)] : [] }
    let correlations = CorrelationMatrix(columns.data)
    let all = (0..<count).flatMap { i in (i + 1..<count).map { (i, $0) } }
    func strength(_ pair: (Int, Int)) -> Double { abs(correlations[pair.0, pair.1] ?? 0) }
    return Array(all.sorted { strength($0) > strength($1) }.prefix(3))
  }

  private static func figure(
    _ columns: NamedColumns, _ x: Int, _ y: Int, limit: Int
  ) -> String {
    let count = min(columns.data.rows, columns.samples.rows, limit)
    let data = points(columns.data, x, y, count)
    let samples = points(columns.samples, x, y, count)
    let isPlane = columns.arePlane
    let xs = data.map(\.x) + near(data.map(\.x), samples.map(\.x))
    let ys = data.map(\.y) + near(data.map(\.y), samples.map(\.y))
    let ranges =
      isPlane
      ? DataRange.equallyScaled(x: xs, y: ys, in: Size(width: 1, height: 1), padding: 0.04)
      : (x: DataRange(xs).padded(by: 0.04), y: DataRange(ys).padded(by: 0.04))
    let (xAxis, yAxis) = (
      Axis(scale: .linear, range: ranges.x), Axis(scale: .linear, range: ranges.y)
    )
    let beyond = samples.count {
      !(0...1).contains(xAxis.fraction(of: $0.x)) || !(0...1).contains(yAxis.fraction(of: $0.y))
    }
    func panel(_ points: [(x: Double, y: Double)], _ kind: String) -> String {
      let chart = Chart(
        label: """
          Scatter plot of \(NumberText.count(count)) points of the \(kind): \(columns.names[y]) over \
          \(columns.names[x])
          """,
        x: xAxis, y: yAxis, xLabel: isPlane ? "" : columns.names[x],
        yLabel: isPlane ? "" : columns.names[y])
      return """
        <div>
        <h3>\(kind)</h3>
        \(chart.html(chart.dots(points, kind)))
        </div>
        """
    }
    return """
      <figure class="pair">
      \(panel(data, "data"))
      \(panel(samples, "samples"))
      \(beyond > 0 ? HTML.caption("Samples beyond the axes: \(NumberText.count(beyond)).") : "")
      </figure>
      """
  }

  /// Those `samples` of a coordinate that lie within the data or half their range beside: a few that
  /// are far away must not make all else small.
  private static func near(_ data: [Double], _ samples: [Double]) -> [Double] {
    let range = DataRange(data).padded(by: 0.5)
    return samples.filter { $0 >= range.lower && $0 <= range.upper }
  }

  /// Evenly spaced rows, as files may be in some order.
  private static func points(
    _ matrix: Matrix, _ x: Int, _ y: Int, _ count: Int
  ) -> [(x: Double, y: Double)] {
    (0..<count).map { index in
      let row = index * matrix.rows / count
      return (x: Double(matrix[row, x]), y: Double(matrix[row, y]))
    }
  }
}
