/// Lines through points over logarithmic x axes: one diagram, or several side by side with one y axis,
/// which begins at 0.
///
/// Lines of one name have one color in all diagrams. Points that are NaN or infinite, or not above 0 on
/// the x axis, are left out.
public struct LinePlot: Plot {
  /// A line with a name.
  public struct Series: Sendable {
    /// The name in the legend.
    public var name: String
    /// The line's corners, from left to right.
    public var points: [(x: Double, y: Double)]

    /// The line through `points`, in ascending order of x.
    public init(name: String, points: [(x: Double, y: Double)]) {
      self.name = name
      // Closer to the ends of what a number can be, there is no room beside the points.
      self.points = points.filter { $0.x > 1e-250 && $0.x < 1e250 && DataRange.canShow($0.y) }
    }
  }

  /// Lines over one x axis.
  public struct Diagram: Sendable {
    /// Written above.
    public var heading: String
    /// Written below.
    public var xLabel: String
    /// The lines.
    public var series: [Series]

    /// A diagram of `series`.
    public init(heading: String = "", xLabel: String = "", _ series: [Series]) {
      self.heading = heading
      self.xLabel = xLabel
      self.series = series
    }
  }

  /// A limit that the values cannot pass.
  public struct Limit: Sendable {
    /// Where the y axis ends.
    public var value: Double
    /// What it is.
    public var name: String

    /// The limit `value`, called `name`.
    public init(_ value: Double, name: String) {
      self.value = value
      self.name = name
    }
  }

  let diagrams: [Diagram]
  let title: String
  let yLabel: String
  let limit: Limit?

  /// A plot of `diagrams`, whose y axis ends at `limit`, or above the highest point if that is
  /// higher.
  public init(
    _ diagrams: [Diagram], title: String = "", yLabel: String = "", limit: Limit? = nil
  ) {
    self.diagrams = diagrams.isEmpty ? [Diagram([])] : diagrams
    self.title = title
    self.yLabel = yLabel
    self.limit = limit
  }

  public var drawing: PlotDrawing { PlotDrawing(size: size) { draw(on: $0) } }

  /// Width and height in points, enough for the frames and the texts around them.
  package var size: Size {
    Size(width: diagrams.count > 1 ? 90 + 290 * Double(diagrams.count) : 640, height: 360)
  }

  /// The names of all lines, each once.
  var names: [String] {
    var seen: Set<String> = []
    return diagrams.flatMap(\.series).map(\.name).filter { seen.insert($0).inserted }
  }

  /// From 0 to the limit, or to the highest point.
  var yAxis: Axis {
    let highest = diagrams.flatMap(\.series).flatMap(\.points).map(\.y).max() ?? 0
    let top = [limit?.value ?? 0, highest].filter { DataRange.canShow($0) }.max() ?? 0
    return Axis(scale: .linear, range: DataRange(lower: 0, upper: top > 0 ? top : 1))
  }
}
