/// The title, the axis labels and the note around the frames of a plot, and the room inside them.
struct Surroundings {
  let title: String
  let xLabel: String
  let yLabel: String
  let note: String
  /// The edges of the room for the frames with their tick labels.
  var left: Double
  var top: Double
  var right: Double
  var bottom: Double

  init(canvas: Canvas, title: String, xLabel: String, yLabel: String, note: String) {
    self.title = title
    self.xLabel = xLabel
    self.yLabel = yLabel
    self.note = note
    left = Theme.margin
    top = Theme.margin - 4
    right = canvas.size.width - Theme.margin
    bottom = canvas.size.height - Theme.margin + 6
    if !title.isEmpty { top += canvas.rowHeight(Theme.title) + 8 }
    if !note.isEmpty { bottom -= canvas.rowHeight(Theme.note) + 4 }
    if !xLabel.isEmpty { bottom -= canvas.rowHeight(Theme.axisLabel) + 3 }
    if !yLabel.isEmpty { left += canvas.rowHeight(Theme.axisLabel) + 3 }
  }

  /// Writes the texts around `inner`, the rectangle that all frames fill.
  func draw(around inner: Rectangle, on canvas: Canvas) {
    if !title.isEmpty {
      canvas.row(
        title, left: inner.left, top: Theme.margin - 4,
        width: canvas.size.width - Theme.margin - inner.left, Theme.title)
    }
    if !xLabel.isEmpty {
      canvas.row(
        xLabel, left: inner.left, top: bottom + 3, width: inner.width, Theme.axisLabel, .center)
    }
    if !yLabel.isEmpty {
      let (ascent, _) = canvas.lineExtent(of: Theme.axisLabel)
      canvas.text(
        canvas.fitted(yLabel, Theme.axisLabel, width: inner.height),
        at: Point(x: Theme.margin + ascent - 3, y: inner.center.y), Theme.axisLabel, .center,
        upwards: true)
    }
    if !note.isEmpty {
      let height = canvas.rowHeight(Theme.note)
      canvas.row(
        note, left: inner.left, top: canvas.size.height - Theme.margin + 6 - height,
        width: canvas.size.width - Theme.margin - inner.left, Theme.note)
    }
  }
}
