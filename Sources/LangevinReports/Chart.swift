internal import Plots

/// A picture over two axes that fills the available width.
///
/// Marks stretch with the picture. Lines and letters keep their size, so numbers are as large on a phone as
/// on a desktop screen. The coordinates of marks are 0 to 1000 on both axes, y downwards.
struct Chart {
  /// The description of the picture for screen readers.
  let label: String
  let x: Axis
  let y: Axis
  /// The ratio of width to height.
  var shape = 1.0
  /// The largest number of steps between ticks of the x-axis; 0 for no ticks.
  var xSteps = 5
  /// The largest number of steps between ticks of the y-axis; 0 for no ticks.
  var ySteps = 5
  /// The label below the x-axis.
  var xLabel = ""
  /// The label above the y-axis.
  var yLabel = ""

  /// Returns the coordinates of the point (`x`, `y`).
  func place(_ x: Double, _ y: Double) -> (x: Int, y: Int) {
    (Self.whole(1000 * self.x.fraction(of: x)), Self.whole(1000 - 1000 * self.y.fraction(of: y)))
  }

  /// Returns `value` as an integer; values far outside the picture are clamped, so that none overflows.
  private static func whole(_ value: Double) -> Int {
    value.isNaN ? 0 : Int(min(9999, max(-9999, value.rounded())))
  }

  /// Returns the picture as HTML, with `marks` as SVG elements.
  func html(_ marks: String) -> String {
    let xTicks = xTicks
    let yTicks = ySteps > 0 ? y.ticks(atMost: ySteps) : []
    let widest = yTicks.map(\.label.count).max() ?? 0
    let grid =
      xTicks.map { "M\(place($0.value, y.range.lower).x) 0V1000" }
      + yTicks.map { "M0 \(place(x.range.lower, $0.value).y)H1000" }
    let yTexts = yTicks.map { tick in
      "<span style=\"top:\(percent(1 - y.fraction(of: tick.value)))\">\(HTML.escaped(tick.label))</span>"
    }
    let xTexts = xTicks.map { tick in
      let fraction = x.fraction(of: tick.value)
      // A long label at an end must not extend beyond the screen of a phone.
      let shift = fraction < 0.06 ? "-20%" : fraction > 0.94 ? "-80%" : "-50%"
      let style = "left:\(percent(fraction));transform:translateX(\(shift))"
      return "<span style=\"\(style)\">\(HTML.escaped(tick.label))</span>"
    }
    return """
      <div class="chart" role="img" aria-label="\(HTML.escaped(label))" \
      style="--digits:\(widest);--shape:\(PlotNumber.fixed(shape, decimals: 2))">
      \(yLabel.isEmpty ? "" : "<div class=\"y-label\">\(HTML.escaped(yLabel))</div>\n")\
      <div class="y">\(yTexts.joined())</div>
      <svg viewBox="0 0 1000 1000" preserveAspectRatio="none" aria-hidden="true" focusable="false">
      <path class="grid" d="\(grid.joined())"/>
      \(marks)
      <path class="edge" d="M0 0V1000H1000"/>
      </svg>
      <div class="x">\(xTexts.joined())</div>
      \(xLabel.isEmpty ? "" : "<div class=\"x-label\">\(HTML.escaped(xLabel))</div>\n")</div>
      """
  }

  /// The ticks of the x-axis, as many as have room for their labels in the narrowest picture, about 36
  /// letters wide.
  private var xTicks: [Axis.Tick] {
    if xSteps == 0 { return [] }
    for steps in stride(from: xSteps, to: 1, by: -1) {
      let ticks = x.ticks(atMost: steps)
      if ticks.reduce(0, { $0 + $1.label.count + 2 }) <= 36 { return ticks }
    }
    return x.ticks(atMost: 1)
  }

  private func percent(_ fraction: Double) -> String {
    // CSS needs the ASCII minus sign, not the typographic one.
    let tenths = Self.whole(1000 * fraction)
    return "\(Double(tenths) / 10)%"
  }
}
