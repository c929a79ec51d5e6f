internal import Plots

extension ReportSection {
  /// Returns a section with the signal and the noise from noise to samples, and the diagnosis of the
  /// schedule.
  ///
  /// - Parameters:
  ///   - verdict: The verdict of the diagnosis, as a sentence; nil if the data are unknown.
  ///   - lines: The numbers of the diagnosis, each with its name.
  ///   - path: The signal α and the noise σ at each level of the sampler, with α² + σ² = 1, the noisiest
  ///     first.
  package static func schedule(
    verdict: String?, _ lines: [(name: String, text: String)],
    path: [(signal: Double, noise: Double)]
  ) -> ReportSection {
    let last = Double(max(1, path.count - 1))
    let chart = Chart(
      label: """
        Line chart of signal and noise over the \(path.count - 1) steps of the sampler: the signal \
        begins at \(PlotNumber.significant(path.first?.signal ?? 0)) and ends at \
        \(PlotNumber.significant(path.last?.signal ?? 1))
        """,
      x: Axis(scale: .linear, range: DataRange(lower: 0, upper: last)),
      y: Axis(scale: .linear, range: DataRange(lower: 0, upper: 1.04)), shape: 2,
      xSteps: 6, xLabel: "step of the sampler")
    func points(_ value: (Int) -> Double) -> [(x: Double, y: Double)] {
      path.indices.map { (x: Double($0), y: value($0)) }
    }
    let marks =
      chart.line(points { path[$0].noise }, "data") + "\n"
      + chart.line(points { path[$0].signal }, "samples")
    return ReportSection(
      id: "schedule", title: "Noise schedule",
      html: """
        \(HTML.paragraph(verdict ?? "There is no diagnosis, because the moments of the data are unknown."))
        <figure class="wide">
        <ul class="key"><li class="samples">signal α</li><li class="data">noise σ</li></ul>
        \(chart.html(marks))
        <figcaption>The signal and the noise in the state at each step from noise to samples; \
        α² + σ² = 1.</figcaption>
        </figure>
        \(lines.isEmpty ? "" : HTML.list(lines))
        """)
  }
}
