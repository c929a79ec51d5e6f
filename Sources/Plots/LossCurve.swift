/// A plot of the loss of each epoch: a thin line, and a bold line without its noise.
///
/// The y axis is logarithmic if all losses are above 0 and span more than a factor of ten.
public struct LossCurve: Plot {
  private let title: String
  private let xLabel: String
  private let yLabel: String
  private let epochs: [Double]
  private let losses: [Double]
  private let smoothed: [Double]
  private let leftOut: Int

  /// Creates the curve of `losses`, whose first element belongs to epoch 1.
  ///
  /// Epochs whose loss is NaN or infinite are left out, and the plot shows how many.
  public init(
    _ losses: [Double], title: String = "", xLabel: String = "epoch", yLabel: String = "loss"
  ) {
    self.title = title
    self.xLabel = xLabel
    self.yLabel = yLabel
    let shown = losses.indices.filter { DataRange.canShow(losses[$0]) }
    epochs = shown.map { Double($0 + 1) }
    self.losses = shown.map { losses[$0] }
    smoothed = Smoothing.smooth(self.losses)
    leftOut = losses.count - shown.count
  }

  public var drawing: PlotDrawing { PlotDrawing(size: size) { draw(on: $0) } }

  /// The width and the height in points, enough for the frames and the texts around them.
  package var size: Size { Size(width: 520, height: 320) }

  /// The note about the epochs left out; empty if all are drawn.
  var note: String {
    if leftOut == 0 { return "" }
    let epochs = leftOut == 1 ? "1 epoch" : "\(PlotNumber.count(leftOut)) epochs"
    return "\(epochs) with a NaN or infinite loss left out"
  }

  /// Draws the plot on `canvas`, a white canvas of ``size``.
  package func draw(on canvas: Canvas) {
    var surroundings = Surroundings(
      canvas: canvas, title: title, xLabel: xLabel, yLabel: yLabel, note: note)
    let legendTop = surroundings.top
    if isSmoothed { surroundings.top += Legend.height(on: canvas) + Theme.gap }
    let last = losses.last.map { PlotNumber.significant($0) } ?? ""
    let frame = frame(in: surroundings, last: last, on: canvas)
    surroundings.draw(around: frame.rectangle, on: canvas)
    frame.draw(on: canvas)
    if losses.isEmpty {
      canvas.text("no losses to show", at: frame.rectangle.center, Theme.note, .center)
      return
    }
    drawLegend(above: frame.rectangle, top: legendTop, on: canvas)
    drawCurves(in: frame, on: canvas)
    let end = frame.place(epochs[epochs.count - 1], losses[losses.count - 1])
    canvas.discs([end], Theme.color(0), radius: 2.6)
    canvas.text(
      last,
      at: Point(
        x: frame.rectangle.right + Theme.gap,
        y: end.y + canvas.digitHeight(of: Self.lastStyle) / 2), Self.lastStyle)
  }

  private static let lastStyle = TextStyle(size: 9, bold: true, color: Theme.color(0))
  private static let rawColor = Theme.background.mixed(with: Theme.color(0), fraction: 0.4)

  private var isSmoothed: Bool { smoothed != losses }

  private func drawLegend(above frame: Rectangle, top: Double, on canvas: Canvas) {
    guard isSmoothed else { return }
    let entries = [
      Legend.Entry(name: "each epoch", color: Self.rawColor, mark: .line(width: 0.8)),
      Legend.Entry(name: "running median", color: Theme.color(0), mark: .line(width: 2)),
    ]
    Legend(entries: entries).draw(on: canvas, left: frame.left, top: top, width: frame.width)
  }

  private func drawCurves(in frame: Frame, on canvas: Canvas) {
    if isSmoothed {
      for run in unbrokenRuns {
        canvas.line(
          run.map { frame.place(epochs[$0], losses[$0]) }, Self.rawColor, width: 0.8)
      }
    }
    for run in unbrokenRuns {
      canvas.line(
        run.map { frame.place(epochs[$0], smoothed[$0]) }, Theme.color(0), width: 1.8)
    }
  }

  /// The ranges of consecutive epochs, between those left out.
  private var unbrokenRuns: [Range<Int>] {
    var runs: [Range<Int>] = []
    var start = 0
    for index in epochs.indices
    where index + 1 == epochs.count || epochs[index + 1] != epochs[index] + 1 {
      runs.append(start..<index + 1)
      start = index + 1
    }
    return runs
  }

  private func frame(in surroundings: Surroundings, last: String, on canvas: Canvas) -> Frame {
    let count = epochs.last ?? 1
    let x = Self.xAxis(epochs: count)
    let bottom = surroundings.bottom - Frame.xLabelHeight(on: canvas)
    let right = surroundings.right - canvas.width(of: last, Self.lastStyle) - Theme.gap
    func frame(left: Double) -> Frame {
      let rectangle = Rectangle(
        left: left, top: surroundings.top, width: right - left, height: bottom - surroundings.top)
      return Frame(rectangle, x: x, y: Self.yAxis(losses), on: canvas)
    }
    // The labels depend only on the height, which does not depend on their width.
    let label = frame(left: surroundings.left).widestYLabel(on: canvas)
    return frame(left: surroundings.left + label + Theme.gap)
  }

  /// Returns an axis from epoch 1 to `epochs`.
  package static func xAxis(epochs: Double) -> Axis {
    Axis(
      scale: .linear,
      range: epochs > 1
        ? DataRange(lower: 1, upper: epochs).padded(by: 0.01) : DataRange(lower: 0.5, upper: 1.5),
      counts: true)
  }

  /// Returns an axis for `losses`, logarithmic if all are above 0 and span more than a factor of ten.
  package static func yAxis(_ losses: [Double]) -> Axis {
    let range = DataRange(losses)
    // Closer to the limits of Double, an axis has no room for padding.
    let isLogarithmic =
      range.lower > 1e-250 && range.upper < 1e250 && range.upper > 10 * range.lower
    return Axis(scale: isLogarithmic ? .logarithmic : .linear, range: range).padded(by: 0.05)
  }
}
