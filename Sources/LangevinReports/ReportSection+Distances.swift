package import Evaluation
internal import LinearAlgebra
internal import Plots

extension ReportSection {
  // The roles repeat the meaning of the elements. On a phone, the style sheet does not lay them out as a
  // table, and some browsers then drop the meaning.

  /// Returns a section with the distances of samples from data, each beside its floor.
  ///
  /// - Parameters:
  ///   - report: The report of an ``Evaluator``.
  ///   - subject: A sentence that says what was compared.
  package static func distances(_ report: EvaluationReport, subject: String) -> ReportSection {
    let reached = report.results.count { $0.reachesFloor }
    let text = """
      \(subject) Each distance is shown beside its floor, the same distance between two sets of real \
      points. Both have their ranges over several sets of real points. \(reached) of \
      \(report.results.count) are at the floor (✓): no farther from the data than other real points are.
      """
    let omitted = report.omitted.map { omission in
      let text = "\(name(omission.measure)) was left out: \(omission.reason)."
      return "<p class=\"note\">\(HTML.escaped(text))</p>"
    }
    return ReportSection(
      id: "distances", title: "Distances",
      html: """
        \(HTML.paragraph(text))
        <table class="distances" role="table">
        <thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">Measure</th>\
        <th scope="col" role="columnheader">Samples</th><th scope="col" role="columnheader">Floor</th>\
        <td class="ranges" aria-hidden="true"><ul class="key"><li class="data">floor</li>\
        <li class="samples">samples</li></ul></td></tr></thead>
        <tbody role="rowgroup">
        \(report.results.map(row).joined(separator: "\n"))
        </tbody>
        </table>
        \(omitted.joined(separator: "\n"))
        """)
  }

  private static func row(_ result: MeasureResult) -> String {
    let decimals = EvaluationTable.decimals(for: [result.value, result.floor])
    let mark =
      result.reachesFloor
      ? "<span class=\"check\" role=\"img\" aria-label=\"at the floor\">✓</span>" : ""
    return """
      <tr role="row"><th scope="row" role="rowheader">\(name(result.measure))\(mark)<small>\
      \(HTML.escaped(result.measure.meaning))</small></th>\
      <td role="cell">\(number(result.value, decimals))</td>\
      <td role="cell">\(number(result.floor, decimals))</td>\
      <td class="ranges" aria-hidden="true">\(ranges(result))</td></tr>
      """
  }

  private static func number(_ spread: Spread, _ decimals: Int) -> String {
    func text(_ value: Double) -> String { PlotNumber.fixed(value, decimals: decimals) }
    let range =
      spread.values.count > 1
      ? "<small>\(text(spread.minimum)) … \(text(spread.maximum))</small>" : ""
    return text(spread.mean) + range
  }

  /// Returns the range of the floor as a band, and that of the samples as a line with a dot at the mean.
  private static func ranges(_ result: MeasureResult) -> String {
    let (value, floor) = (result.value, result.floor)
    let range = DataRange([value.minimum, value.maximum, floor.minimum, floor.maximum])
      .padded(by: 0.06)
    func place(_ value: Double) -> Int {
      let fraction = (value - range.lower) / range.span
      return Int((1000 * min(1, max(0, fraction))).rounded())
    }
    let width = max(12, place(floor.maximum) - place(floor.minimum))
    return """
      <svg viewBox="0 0 1000 100" preserveAspectRatio="none" focusable="false">\
      <rect class="data" x="\(place(floor.minimum))" y="15" width="\(width)" height="70"/>\
      <path class="line samples" d="M\(place(value.minimum)) 50H\(place(value.maximum))"/>\
      <path class="dots samples" d="M\(place(value.mean)) 50h0"/></svg>
      """
  }

  private static func name(_ measure: Measure) -> String {
    switch measure {
    case .slicedW2: "Sliced W₂"
    case .exactW2: "W₂"
    case .energy: "Energy distance"
    case .mmd2: "MMD²"
    case .frechet: "Fréchet distance"
    case .knnKL: "KL divergence"
    case .c2st: "C2ST"
    case .precision: "Precision"
    case .recall: "Recall"
    case .density: "Density"
    case .coverage: "Coverage"
    case .nearestTrainingDistance: "Distance to training"
    case .nearestTrainingShare: "Nearer to training"
    case .meanDifference: "Means"
    case .standardDeviationDifference: "Deviations"
    }
  }
}
