/// The rectangle that contains the data, with the axes at its edges.
struct Frame {
  var rectangle: Rectangle
  let x: Axis
  let y: Axis
  let xTicks: [Axis.Tick]
  let yTicks: [Axis.Tick]

  /// Creates a frame with as many ticks as their labels have room for.
  init(_ rectangle: Rectangle, x: Axis, y: Axis, on canvas: Canvas) {
    self.rectangle = rectangle
    self.x = x
    self.y = y
    xTicks = Self.xTicks(x, along: rectangle.width, on: canvas)
    yTicks = y.ticks(atMost: max(1, Int(rectangle.height / 24)))
  }

  /// Returns the width of the widest label at the y axis.
  func widestYLabel(on canvas: Canvas) -> Double { Self.widest(yTicks, on: canvas) }

  /// Returns the width of the widest label at the x axis.
  func widestXLabel(on canvas: Canvas) -> Double { Self.widest(xTicks, on: canvas) }

  /// Returns the place of the data point (`x`, `y`).
  func place(_ x: Double, _ y: Double) -> Point {
    Point(
      x: rectangle.left + self.x.fraction(of: x) * rectangle.width,
      y: rectangle.bottom - self.y.fraction(of: y) * rectangle.height)
  }

  /// Returns the height of the tick labels below a frame.
  static func xLabelHeight(on canvas: Canvas) -> Double {
    Theme.gap + canvas.digitHeight(of: Theme.tickLabel) + 3
  }

  /// Draws the grid, the edge and the tick labels.
  func draw(on canvas: Canvas, yLabels: Bool = true) {
    let digit = canvas.digitHeight(of: Theme.tickLabel)
    for tick in xTicks {
      let x = rectangle.left + self.x.fraction(of: tick.value) * rectangle.width
      canvas.line(
        [Point(x: x, y: rectangle.top), Point(x: x, y: rectangle.bottom)], Theme.grid, width: 0.6)
      canvas.text(
        tick.label, at: Point(x: x, y: rectangle.bottom + Theme.gap + digit), Theme.tickLabel,
        .center)
    }
    for tick in yTicks {
      let y = rectangle.bottom - self.y.fraction(of: tick.value) * rectangle.height
      canvas.line(
        [Point(x: rectangle.left, y: y), Point(x: rectangle.right, y: y)], Theme.grid, width: 0.6)
      guard yLabels else { continue }
      canvas.text(
        tick.label, at: Point(x: rectangle.left - Theme.gap, y: y + digit / 2), Theme.tickLabel,
        .trailing)
    }
    canvas.outline(rectangle, Theme.border, width: 0.8)
  }

  private static func xTicks(_ axis: Axis, along length: Double, on canvas: Canvas) -> [Axis.Tick] {
    for count in stride(from: max(1, Int(length / 24)), to: 1, by: -1) {
      let ticks = axis.ticks(atMost: count)
      let places = ticks.map { axis.fraction(of: $0.value) * length }
      let widths = ticks.map { canvas.width(of: $0.label, Theme.tickLabel) }
      let fit = ticks.indices.dropFirst().allSatisfy { i in
        places[i] - places[i - 1] >= (widths[i] + widths[i - 1]) / 2 + 10
      }
      if fit { return ticks }
    }
    return axis.ticks(atMost: 1)
  }

  private static func widest(_ ticks: [Axis.Tick], on canvas: Canvas) -> Double {
    ticks.reduce(0) { max($0, canvas.width(of: $1.label, Theme.tickLabel)) }
  }
}
