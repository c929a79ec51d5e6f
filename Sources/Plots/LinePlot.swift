/// A plot of lines through points over logarithmic x axes.
///
/// It consists of one diagram, or of several side by side that share a y axis, which begins at 0. Lines with
/// the same name have the same color in all diagrams. Points that are NaN or infinite, or not positive on the
/// x axis, are left out.
package struct LinePlot: Plot {
  /// A line with a name.
  package struct Series: Sendable {
    /// The name in the legend.
    package var name: String
    /// The points of the line, from left to right.
    package var points: [(x: Double, y: Double)]

    /// Creates the line through `points`, in ascending order of x.
    package init(name: String, points: [(x: Double, y: Double)]) {
      self.name = name
      // Closer to the limits of Double, an axis has no room beside the points.
      self.points = points.filter { $0.x > 1e-250 && $0.x < 1e250 && DataRange.canShow($0.y) }
    }
  }

  /// Lines over one x axis.
  package struct Diagram: Sendable {
    /// The text above the diagram.
    package var heading: String
    /// The text below the x axis.
    package var xLabel: String
    /// The lines.
    package var series: [Series]

    /// Creates a diagram of `series`.
    package init(heading: String = "", xLabel: String = "", _ series: [Series]) {
      self.heading = heading
      self.xLabel = xLabel
      self.series = series
    }
  }

  /// A limit that the values cannot exceed.
  package struct Limit: Sendable {
    /// The value at the end of the y axis.
    package var value: Double
    /// The name of the limit.
    package var name: String

    /// Creates the limit `value`, called `name`.
    package init(_ value: Double, name: String) {
      self.value = value
      self.name = name
    }
  }

  let diagrams: [Diagram]
  let title: String
  let yLabel: String
  let limit: Limit?

  /// Creates a plot of `diagrams`. The y axis ends at `limit`, or at the highest point if that is higher.
  package init(
    _ diagrams: [Diagram], title: String = "", yLabel: String = "", limit: Limit? = nil
  ) {
    self.diagrams = diagrams.isEmpty ? [Diagram([])] : diagrams
    self.title = title
    self.yLabel = yLabel
    self.limit = limit
  }

  package var drawing: PlotDrawing { PlotDrawing(size: size) { draw(on: $0) } }

  /// The width and the height in points, enough for the frames and the texts around them.
  package var size: Size {
    Size(width: diagrams.count > 1 ? 90 + 290 * Double(diagrams.count) : 640, height: 360)
  }

  /// The names of all lines, each once.
  var names: [String] {
    var seen: Set<String> = []
    return diagrams.flatMap(\.series).map(\.name).filter { seen.insert($0).inserted }
  }

  /// The y axis, from 0 to the limit, or to the highest point if that is higher.
  var yAxis: Axis {
    let highest = diagrams.flatMap(\.series).flatMap(\.points).map(\.y).max() ?? 0
    let top = [limit?.value ?? 0, highest].filter { DataRange.canShow($0) }.max() ?? 0
    return Axis(scale: .linear, range: DataRange(lower: 0, upper: top > 0 ? top : 1))
  }
}
