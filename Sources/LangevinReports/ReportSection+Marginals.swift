internal import LinearAlgebra
internal import Plots

extension ReportSection {
  /// Returns a section with the distribution of each column: histograms of the data and of the samples, with
  /// the mean and standard deviation of both.
  ///
  /// - Parameters:
  ///   - columns: The columns to show.
  ///   - limit: The largest number of columns to show, the first ones.
  package static func marginals(_ columns: NamedColumns, limit: Int = mostColumns) -> ReportSection
  {
    let shown = min(limit, columns.names.count)
    var text = """
      The distribution of each column, in the data and in the samples, with the mean ± standard deviation \
      below.
      """
    if shown < columns.names.count {
      text +=
        " The first \(shown) of \(PlotNumber.count(columns.names.count)) columns are shown."
    }
    let figures = (0..<shown).map { figure(columns, $0) }
    return ReportSection(
      id: "columns", title: "Column by column",
      html: """
        \(HTML.paragraph(text))
        \(HTML.key)
        <div class="multiples">
        \(figures.joined(separator: "\n"))
        </div>
        """)
  }

  private static func figure(_ columns: NamedColumns, _ index: Int) -> String {
    let name = columns.names[index]
    let data = NamedColumns.finite(columns.data, index)
    let samples = NamedColumns.finite(columns.samples, index)
    let histogram = ColumnHistogram(data: data, samples: samples)
    let highest = max(histogram.data.max() ?? 0, histogram.samples.max() ?? 0)
    let chart = Chart(
      label: "Histogram of \(name), data and samples",
      x: Axis(
        scale: .linear,
        range: DataRange(
          lower: histogram.edges[0], upper: histogram.edges[histogram.edges.count - 1])),
      y: Axis(
        scale: .linear, range: DataRange(lower: 0, upper: highest > 0 ? 1.08 * highest : 1)),
      shape: 1.7, ySteps: 0)
    let marks =
      chart.steps(histogram.data, between: histogram.edges, "data", isFilled: true) + "\n"
      + chart.steps(histogram.samples, between: histogram.edges, "samples", isFilled: false)
    var caption = [moments("data", data), moments("samples", samples)]
    if histogram.samplesBeyond >= 0.001 {
      let percent = PlotNumber.fixed(100 * histogram.samplesBeyond, decimals: 1)
      caption.append("\(percent) % of the samples lie outside")
    }
    if data.count < columns.data.rows || samples.count < columns.samples.rows {
      func percent(_ count: Int, _ rows: Int) -> String {
        PlotNumber.fixed(100 * (1 - Double(count) / Double(max(1, rows))), decimals: 1)
      }
      caption.append(
        """
        missing or not finite: \(percent(data.count, columns.data.rows)) % of the data, \
        \(percent(samples.count, columns.samples.rows)) % of the samples
        """)
    }
    return """
      <figure>
      <h3>\(HTML.escaped(name))</h3>
      \(chart.html(marks))
      <figcaption>\(caption.map { "<span>\(HTML.escaped($0))</span>" }.joined())</figcaption>
      </figure>
      """
  }

  private static func moments(_ kind: String, _ numbers: [Double]) -> String {
    if numbers.isEmpty { return "\(kind): none" }
    let mean = numbers.reduce(0) { $0 + $1 / Double(numbers.count) }
    let variance = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) / Double(numbers.count) }
    let (middle, spread) = (
      PlotNumber.significant(mean), PlotNumber.significant(variance.squareRoot())
    )
    return "\(kind): \(middle) ± \(spread)"
  }
}
