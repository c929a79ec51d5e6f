extension LinePlot {
  private static let headingHeight = 4.0

  /// Draws the plot on `canvas`, a white canvas of ``size``.
  package func draw(on canvas: Canvas) {
    var surroundings = Surroundings(
      canvas: canvas, title: title, xLabel: "", yLabel: yLabel, note: "")
    let legendTop = surroundings.top
    if !names.isEmpty { surroundings.top += Legend.height(on: canvas) + Theme.gap }
    let frames = frames(in: surroundings, on: canvas)
    guard let first = frames.first?.rectangle, let last = frames.last?.rectangle else { return }
    let inner = Rectangle(
      left: first.left, top: first.top, width: last.right - first.left, height: first.height)
    surroundings.draw(around: inner, on: canvas)
    let entries = names.enumerated().map { index, name in
      Legend.Entry(name: name, color: Theme.color(index), mark: .line(width: 2))
    }
    Legend(entries: entries).draw(
      on: canvas, left: inner.left, top: legendTop, width: inner.width)
    for (index, (diagram, frame)) in zip(diagrams, frames).enumerated() {
      frame.draw(on: canvas, yLabels: index == 0)
      drawTexts(of: diagram, around: frame.rectangle, on: canvas)
      drawLines(of: diagram, in: frame, on: canvas)
    }
  }

  private func drawTexts(of diagram: Diagram, around frame: Rectangle, on canvas: Canvas) {
    let top = frame.top - canvas.rowHeight(Theme.heading) - Self.headingHeight
    canvas.row(diagram.heading, left: frame.left, top: top, width: frame.width, Theme.heading)
    canvas.row(
      diagram.xLabel, left: frame.left, top: frame.bottom + Frame.xLabelHeight(on: canvas) + 3,
      width: frame.width, Theme.axisLabel, .center)
    guard let limit, limit.value == yAxis.range.upper else { return }
    canvas.line(
      [Point(x: frame.left, y: frame.top), Point(x: frame.right, y: frame.top)], Theme.text,
      width: 1.4)
    let heading = canvas.width(of: diagram.heading, Theme.heading)
    if heading + canvas.width(of: limit.name, Theme.note) + 12 <= frame.width {
      canvas.text(
        limit.name, at: Point(x: frame.right, y: frame.top - Self.headingHeight - 1), Theme.note,
        .trailing)
    }
  }

  private func drawLines(of diagram: Diagram, in frame: Frame, on canvas: Canvas) {
    for series in diagram.series {
      guard let index = names.firstIndex(of: series.name) else { continue }
      let places = series.points.map { frame.place($0.x, $0.y) }
      if places.count > 1 { canvas.line(places, Theme.color(index), width: 1.6) }
      canvas.discs(places, Theme.color(index), radius: 2.4)
    }
    if diagram.series.allSatisfy(\.points.isEmpty) {
      canvas.text("no points to show", at: frame.rectangle.center, Theme.note, .center)
    }
  }

  /// Returns frames of the same size, side by side.
  private func frames(in surroundings: Surroundings, on canvas: Canvas) -> [Frame] {
    let count = Double(diagrams.count)
    let top = surroundings.top + canvas.rowHeight(Theme.heading) + Self.headingHeight
    let below = Frame.xLabelHeight(on: canvas) + canvas.rowHeight(Theme.axisLabel) + 3
    let gap = 20.0
    func frames(left: Double) -> [Frame] {
      let width = (surroundings.right - left - gap * (count - 1)) / count
      return diagrams.enumerated().map { index, diagram in
        let rectangle = Rectangle(
          left: left + Double(index) * (width + gap), top: top, width: width,
          height: surroundings.bottom - below - top)
        return Frame(rectangle, x: xAxis(of: diagram), y: yAxis, on: canvas)
      }
    }
    // The labels depend only on the height, which does not depend on their width.
    let label = frames(left: surroundings.left).first?.widestYLabel(on: canvas) ?? 0
    return frames(left: surroundings.left + label + Theme.gap)
  }

  /// Returns an axis from the first point to the last, with ticks at points.
  private func xAxis(of diagram: Diagram) -> Axis {
    let values = Set(diagram.series.flatMap(\.points).map(\.x)).sorted()
    guard let lower = values.first, let upper = values.last else {
      return Axis(scale: .logarithmic, range: DataRange(lower: 1, upper: 10))
    }
    let range =
      upper > lower * 1.001
      ? DataRange(lower: lower, upper: upper) : DataRange(lower: lower / 2, upper: lower * 2)
    var axis = Axis(scale: .logarithmic, range: range).padded(by: 0.04)
    axis.marks = values
    return axis
  }
}
