/// Rows of panels with the same axes under one title, shared by all plots of points.
struct PanelGrid {
  var title = ""
  var xLabel = ""
  var yLabel = ""
  var panels: [Panel]
  /// The names of the colors, if the headings do not name them.
  var legend: [Legend.Entry] = []
  /// The number of panels side by side.
  var columns: Int
  /// The approximate side length of a frame; its exact size depends on the room that texts leave.
  var side: Double
  /// Whether arrows lead from each heading to the next.
  var hasArrows = false

  private var rows: Int { max(1, (panels.count + columns - 1) / columns) }

  /// The size of the plot, enough for nearly square frames.
  var size: Size {
    let headings = panels.contains { !$0.heading.isEmpty } || !legend.isEmpty ? 17.0 : 0
    return Size(
      width: 2 * Theme.margin + 26 + (yLabel.isEmpty ? 0 : 18) + side * Double(columns)
        + 18 * Double(columns - 1),
      height: 2 * Theme.margin - 10 + (title.isEmpty ? 0 : 23) + (xLabel.isEmpty ? 0 : 15)
        + (note.isEmpty ? 0 : 14) + Double(rows) * (side + headings + 15)
        + 10 * Double(rows - 1))
  }

  /// The note about the points left out; empty if all are drawn.
  var note: String {
    let leftOut = panels.reduce(0) { sum, panel in
      sum + panel.layers.reduce(0) { $0 + $1.points.leftOut }
    }
    if leftOut == 0 { return "" }
    let points = leftOut == 1 ? "1 point" : "\(PlotNumber.count(leftOut)) points"
    return "\(points) with NaN or infinite coordinates left out"
  }

  func draw(on canvas: Canvas) {
    var surroundings = Surroundings(
      canvas: canvas, title: title, xLabel: xLabel, yLabel: yLabel, note: note)
    let hasHeadings = panels.contains { !$0.heading.isEmpty }
    if !legend.isEmpty { surroundings.top += Legend.height(on: canvas) + Theme.gap }
    let heading = hasHeadings ? canvas.rowHeight(Theme.heading) + 4 : 0

    let frames = frames(in: surroundings, heading: heading, on: canvas)
    guard let first = frames.first, let last = frames.last else { return }
    let inner = Rectangle(
      left: first.rectangle.left, top: first.rectangle.top,
      width: (frames.map(\.rectangle.right).max() ?? 0) - first.rectangle.left,
      height: last.rectangle.bottom - first.rectangle.top)
    surroundings.draw(around: inner, on: canvas)
    if !legend.isEmpty {
      let top = inner.top - Legend.height(on: canvas) - Theme.gap - heading
      Legend(entries: legend).draw(on: canvas, left: inner.left, top: top, width: inner.width)
    }
    let largest = panels.map(\.count).max() ?? 0
    for (index, frame) in frames.enumerated() {
      frame.draw(on: canvas, yLabels: index.isMultiple(of: columns))
      panels[index].drawPoints(in: frame, on: canvas, largest: largest)
      panels[index].drawArrows(in: frame, on: canvas)
      let isLastOfRow = (index + 1).isMultiple(of: columns) || index + 1 == frames.count
      drawHeading(
        of: panels[index], above: frame.rectangle, height: heading,
        next: hasArrows && !isLastOfRow ? frames[index + 1].rectangle : nil, on: canvas)
    }
  }

  private func drawHeading(
    of panel: Panel, above frame: Rectangle, height: Double, next: Rectangle?, on canvas: Canvas
  ) {
    if panel.heading.isEmpty { return }
    let top = frame.top - height
    let arrow = next == nil ? 0 : 24.0
    let name = canvas.fitted(panel.heading, Theme.heading, width: frame.width - arrow)
    canvas.row(name, left: frame.left, top: top, width: frame.width, Theme.heading)
    let end = canvas.width(of: name, Theme.heading)
    let baseline = top + canvas.lineExtent(of: Theme.heading).ascent
    if !panel.detail.isEmpty, end + canvas.width(of: panel.detail, Theme.note) + 8 <= frame.width {
      canvas.text(
        panel.detail, at: Point(x: frame.right, y: baseline), Theme.note, .trailing)
    }
    if let next {
      let y = baseline - canvas.digitHeight(of: Theme.heading) / 2
      let start = Point(x: frame.left + end + Theme.gap, y: y)
      let tip = Point(x: next.left - Theme.gap, y: y)
      // A heading may leave no room for the arrow.
      if start.x < tip.x { canvas.arrow(from: start, to: tip, Theme.border) }
    }
  }

  /// Returns frames of the same size that fill the room inside `surroundings`.
  private func frames(
    in surroundings: Surroundings, heading: Double, on canvas: Canvas
  ) -> [Frame] {
    let xs = panels.flatMap { $0.layers.flatMap(\.points.x) }
    let ys = panels.flatMap { $0.layers.flatMap(\.points.y) }
    let below = Frame.xLabelHeight(on: canvas)
    let rowGap = 10.0
    let top = surroundings.top
    let height =
      (surroundings.bottom - top - rowGap * Double(rows - 1)) / Double(rows) - heading - below
    // The label widths depend on the ticks, the ticks on the range, the range on the frame's shape,
    // and the shape on the label widths. A few iterations converge.
    var labels = (x: 20.0, y: 20.0)
    var frame: Frame?
    var gap = 0.0
    for _ in 0..<4 {
      let left = surroundings.left + labels.y + Theme.gap
      let right = min(surroundings.right, canvas.size.width - labels.x / 2 - 4)
      gap = max(14, labels.x + 4)
      let width = (right - left - gap * Double(columns - 1)) / Double(columns)
      let rectangle = Rectangle(left: left, top: top + heading, width: width, height: height)
      let ranges = DataRange.equallyScaled(
        x: xs, y: ys, in: Size(width: width, height: height), padding: 0.04)
      let next = Frame(
        rectangle, x: Axis(scale: .linear, range: ranges.x),
        y: Axis(scale: .linear, range: ranges.y), on: canvas)
      labels = (next.widestXLabel(on: canvas), next.widestYLabel(on: canvas))
      frame = next
    }
    guard let frame else { return [] }
    return panels.indices.map { index in
      var place = frame
      place.rectangle.left += Double(index % columns) * (frame.rectangle.width + gap)
      place.rectangle.top += Double(index / columns) * (height + below + heading + rowGap)
      return place
    }
  }
}
