internal import LinearAlgebra
internal import Plots

extension ReportSection {
  /// Returns a section with scatter plots of samples beside data.
  ///
  /// If there are more than two columns, the plots show at most three pairs, those with the strongest
  /// correlations in the data.
  ///
  /// - Parameters:
  ///   - columns: The columns to show.
  ///   - limit: The largest number of points to draw, of the data and of the samples.
  ///   - columnLimit: The largest number of columns to choose from, the first ones.
  package static func scatter(
    _ columns: NamedColumns, limit: Int = 3000, columnLimit: Int = mostColumns
  ) -> ReportSection {
    let count = columns.names.count
    let considered = min(columnLimit, count)
    let figures = pairs(columns, considered).map { figure(columns, $0, $1, limit: limit) }
    var text = "Points of the data and an equal number of samples, over the same axes."
    if count > 2 {
      let among =
        considered < count
        ? ", among the first \(considered) of \(PlotNumber.count(count)) columns" : ""
      text = "The pairs of columns with the strongest correlations in the data\(among)."
    }
    return ReportSection(
      id: "samples", title: "Samples beside data",
      html: HTML.paragraph(text) + "\n" + figures.joined(separator: "\n"))
  }

  /// The largest number of rows that rank the pairs; more would hardly change the ranking.
  private static let rankedRows = 20_000

  /// Returns the pairs to show of the first `count` columns.
  private static func pairs(_ columns: NamedColumns, _ count: Int) -> [(Int, Int)] {
    if count <= 2 { return count == 2 ? [(0, 1)] : [] }
    let correlations = CorrelationMatrix(
      columns.data.columns(0..<count).evenlySpacedRows(rankedRows))
    let all = (0..<count).flatMap { i in (i + 1..<count).map { (i, $0) } }
    func strength(_ pair: (Int, Int)) -> Double { abs(correlations[pair.0, pair.1] ?? 0) }
    return Array(all.sorted { strength($0) > strength($1) }.prefix(3))
  }

  private static func figure(
    _ columns: NamedColumns, _ x: Int, _ y: Int, limit: Int
  ) -> String {
    let count = min(columns.data.rows, columns.samples.rows, limit)
    func isWhole(_ point: (x: Double, y: Double)) -> Bool { point.x.isFinite && point.y.isFinite }
    let data = points(columns.data, x, y, count).filter(isWhole)
    let samples = points(columns.samples, x, y, count).filter(isWhole)
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
          Scatter plot of \(PlotNumber.count(points.count)) points of the \(kind): \(columns.names[y]) over \
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
    var notes: [String] = []
    if data.count + samples.count < 2 * count {
      notes.append(
        """
        Not drawn, because a value is missing or not finite: \(PlotNumber.count(count - data.count)) rows of \
        the data, \(PlotNumber.count(count - samples.count)) samples.
        """)
    }
    if beyond > 0 { notes.append("Samples beyond the axes: \(PlotNumber.count(beyond)).") }
    return """
      <figure class="pair">
      \(panel(data, "data"))
      \(panel(samples, "samples"))
      \(notes.isEmpty ? "" : HTML.caption(notes.joined(separator: " ")))
      </figure>
      """
  }

  /// Returns those `samples` of a coordinate that lie within the range of the data, extended by half on each
  /// side. A few samples far away must not shrink all others.
  private static func near(_ data: [Double], _ samples: [Double]) -> [Double] {
    let range = DataRange(data).padded(by: 0.5)
    return samples.filter { $0 >= range.lower && $0 <= range.upper }
  }

  /// Returns points from evenly spaced rows, because files may be sorted.
  private static func points(
    _ matrix: Matrix<Float>, _ x: Int, _ y: Int, _ count: Int
  ) -> [(x: Double, y: Double)] {
    (0..<count).map { index in
      let row = index * matrix.rows / count
      return (x: Double(matrix[row, x]), y: Double(matrix[row, y]))
    }
  }
}
