internal import LinearAlgebra
internal import Plots

extension ReportSection {
  /// Returns a section with the correlations between columns in the data and in the samples, and their
  /// difference, as matrices side by side. For two columns, it is a sentence.
  ///
  /// - Parameters:
  ///   - columns: The columns to compare.
  ///   - limit: The largest number of columns to show, the first ones.
  package static func correlations(_ columns: NamedColumns, limit: Int = mostColumns)
    -> ReportSection
  {
    let shown = min(limit, columns.names.count)
    let names = Array(columns.names.prefix(shown))
    let data = CorrelationMatrix(columns.data.columns(0..<shown))
    let samples = CorrelationMatrix(columns.samples.columns(0..<shown))
    let difference = samples.less(data)
    var html = HTML.paragraph(text(names, data, samples, difference))
    if shown < columns.names.count {
      html += HTML.paragraph(
        "The first \(shown) of \(PlotNumber.count(columns.names.count)) columns are shown.")
    }
    if shown > 2 {
      let scale = max(0.1, abs(difference.largest?.value ?? 0))
      html += """
        <div class="matrices">
        \(table("data", names, data, scale: 1))
        \(table("samples", names, samples, scale: 1))
        \(table("difference", names, difference, scale: scale))
        </div>
        <p class="note">Blue is above 0, and orange is below. The strongest color means 1, in the difference \
        \(PlotNumber.significant(scale, digits: 2)).</p>
        """
    }
    return ReportSection(id: "correlations", title: "Correlations", html: html)
  }

  private static func text(
    _ names: [String], _ data: CorrelationMatrix, _ samples: CorrelationMatrix,
    _ difference: CorrelationMatrix
  ) -> String {
    guard let largest = difference.largest ?? samples.largest ?? data.largest else {
      return "No two columns are correlated, so there is nothing to compare."
    }
    let (i, j) = (largest.i, largest.j)
    func number(_ value: Double?) -> String {
      value.map { PlotNumber.fixed($0, decimals: 3) } ?? "undefined"
    }
    let comparison = "\(number(data[i, j])) in the data and \(number(samples[i, j])) in the samples"
    if names.count == 2 {
      return "The correlation of \(names[i]) and \(names[j]) is \(comparison)."
    }
    return """
      The correlation of \(names[i]) and \(names[j]) differs most: \(comparison).
      """
  }

  private static func table(
    _ title: String, _ names: [String], _ matrix: CorrelationMatrix, scale: Double
  ) -> String {
    // Larger matrices have no room for numbers.
    let hasNumbers = names.count <= 8
    let heads = names.map { "<th scope=\"col\"><span>\(HTML.escaped($0))</span></th>" }
    let rows = names.indices.map { i in
      let cells = names.indices.map { cell(matrix[i, $0], scale: scale, hasNumber: hasNumbers) }
      return "<tr><th scope=\"row\">\(HTML.escaped(names[i]))</th>\(cells.joined())</tr>"
    }
    return """
      <div class="scroll" role="region" tabindex="0" aria-label="Correlations: \(title)">
      <table class="matrix\(hasNumbers ? "" : " small")">
      <caption>\(title)</caption>
      <thead><tr><td></td>\(heads.joined())</tr></thead>
      <tbody>
      \(rows.joined(separator: "\n"))
      </tbody>
      </table>
      </div>
      """
  }

  private static func cell(_ value: Double?, scale: Double, hasNumber: Bool) -> String {
    guard let value else { return "<td>\(hasNumber ? "–" : "")</td>" }
    let strength = Int((100 * min(1, abs(value) / scale)).rounded())
    let text = PlotNumber.fixed(value, decimals: 2)
    let content = hasNumber ? text : "<span class=\"hidden\">\(text)</span>"
    let kind = value < 0 ? "below" : "above"
    return "<td class=\"\(kind)\" style=\"--strength:\(strength)%\">\(content)</td>"
  }
}
