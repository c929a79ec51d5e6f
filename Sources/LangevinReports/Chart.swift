internal import Plots

/// A picture over two axes that is as wide as there is room.
///
/// What is drawn stretches with it; lines and letters keep their size, so that a phone shows numbers
/// as large as a desk's screen does. Marks have places from 0 to 1000 on both axes, y downwards.
struct Chart {
  /// What the picture shows, for those who cannot see it.
  let label: String
  let x: Axis
  let y: Axis
  /// Width over height.
  var shape = 1.0
  /// At most so many steps between ticks; 0 is no ticks.
  var xSteps = 5
  var ySteps = 5
  /// Written below and above.
  var xLabel = ""
  var yLabel = ""

  /// The place of the number (`x`, `y`).
  func place(_ x: Double, _ y: Double) -> (x: Int, y: Int) {
    (Self.whole(1000 * self.x.fraction(of: x)), Self.whole(1000 - 1000 * self.y.fraction(of: y)))
  }

  /// Far outside is as good as a little outside, and no trouble for a number of 64 bits.
  private static func whole(_ value: Double) -> Int {
    value.isNaN ? 0 : Int(min(9999, max(-9999, value.rounded())))
  }

  /// The picture of `marks`, which are elements of SVG.
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
      // A long label at an end must not reach out of a phone's screen.
      let shift = fraction < 0.06 ? "-20%" : fraction > 0.94 ? "-80%" : "-50%"
      let style = "left:\(percent(fraction));transform:translateX(\(shift))"
      return "<span style=\"\(style)\">\(HTML.escaped(tick.label))</span>"
    }
    return """
      <div class="chart" role="img" aria-label="\(HTML.escaped(label))" \
      style="--digits:\(widest);--shape:\(NumberText.fixed(shape, decimals: 2))">
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

  /// As many ticks as have room for their labels in the narrowest picture, of some 36 letters.
  private var xTicks: [Axis.Tick] {
    if xSteps == 0 { return [] }
    for steps in stride(from: xSteps, to: 1, by: -1) {
      let ticks = x.ticks(atMost: steps)
      if ticks.reduce(0, { $0 + $1.label.count + 2 }) <= 36 { return ticks }
    }
    return x.ticks(atMost: 1)
  }

  private func percent(_ fraction: Double) -> String {
    // A minus sign of typography is none in CSS.
    let tenths = Self.whole(1000 * fraction)
    return "\(Double(tenths) / 10)%"
  }
}
