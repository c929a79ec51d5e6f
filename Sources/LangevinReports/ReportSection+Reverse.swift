import LangevinPreconditions
package import LinearAlgebra
internal import Plots

/// Samples at one noise level, on their way from noise to data.
package struct ReverseState: Sendable {
  /// The name of the state: its noise level.
  package var name: String
  /// The points, one per row; the first two columns are x and y.
  package var points: Matrix<Float>

  /// Creates a state with samples at `points`. All states of a section must have the same number of points.
  package init(name: String, points: Matrix<Float>) {
    self.name = name
    self.points = points
  }
}

extension ReportSection {
  /// Returns a section with the reverse process as a picture over `data`, with a slider from noise, the first
  /// of `states`, to samples, the last. The first two columns of all points are drawn.
  package static func reverse(_ states: [ReverseState], data: Matrix<Float>) -> ReportSection {
    guard let first = states.first else { return withoutStates }
    require(
      states.allSatisfy { $0.points.rows == first.points.rows },
      "ReportSection.reverse: states of \(states.map(\.points.rows)) points; give equal numbers")
    func column(_ index: Int) -> [Double] { (0..<data.rows).map { Double(data[$0, index]) } }
    let ranges = DataRange.equallyScaled(
      x: column(0), y: column(1), in: Size(width: 1, height: 1), padding: 0.14)
    let (x, y) = (
      Axis(scale: .linear, range: ranges.x), Axis(scale: .linear, range: ranges.y)
    )
    return reverse(
      names: states.map(\.name), text: text(first.points.rows),
      canvas: """
        <canvas role="img" aria-label="Scatter plot of the samples over the data" \
        data-count="\(first.points.rows)" \
        data-states="\(PackedPoints.text(states.map(\.points), x: x, y: y))" \
        data-behind="\(PackedPoints.text([data], x: x, y: y))"></canvas>
        """)
  }

  /// The section if there are no states.
  static var withoutStates: ReportSection {
    message(id: "reverse", title: reverseTitle, "There are no states to show.")
  }

  private static var reverseTitle: String { "From noise to samples" }

  /// Returns a section with `canvas`, on which the page's script draws one of the states, and with the
  /// controls that choose the state from `names`.
  static func reverse(names: [String], text: String, canvas: String) -> ReportSection {
    let options = names.map { "<option>\(HTML.escaped($0))</option>" }.joined()
    return ReportSection(
      id: "reverse", title: reverseTitle,
      html: """
        \(HTML.paragraph(text))
        <figure class="reverse">
        \(canvas)
        <div class="controls">
        <button type="button">Play</button>
        <input type="range" min="0" max="\(names.count - 1)" step="1" value="0" \
        aria-label="From noise to samples" aria-valuetext="\(HTML.escaped(names[0]))">
        <output>\(HTML.escaped(names[0]))</output>
        </div>
        <datalist>\(options)</datalist>
        <noscript><p>This picture is drawn by a script, which the browser does not run.</p></noscript>
        </figure>
        """)
  }

  private static func text(_ count: Int) -> String {
    """
    \(PlotNumber.count(count)) samples on their way from noise to data, over the data in gray. Move the \
    slider, or step with the arrow keys. The states are evenly spaced in the angle \
    arctan(σ\u{2060}/\u{2060}α); σ is the noise level, with α² + σ² = 1.
    """
  }
}
