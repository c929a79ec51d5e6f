import LangevinPreconditions
public import LinearAlgebra

/// A plot of points in the plane, in one or several series, with equal units on both axes.
///
/// The more points there are, the smaller and fainter their discs, so that even ten thousand points
/// show where they are dense.
public struct ScatterPlot: Plot {
  /// Points with a name and a color.
  public struct Series: Sendable {
    /// The name in the heading or the legend.
    public var name: String
    /// The points, one per row: the first two columns are x and y.
    public var points: Matrix<Float>
    /// The color, or nil for a color of the palette.
    public var color: Color?

    /// Creates a series from the first two columns of `points`.
    ///
    /// Rows with NaN or infinite coordinates are left out, and the plot shows how many.
    public init(name: String, points: Matrix<Float>, color: Color? = nil) {
      require(
        points.columns >= 2,
        "ScatterPlot: the points \"\(name)\" have \(points.columns) columns, at least 2 needed")
      self.name = name
      self.points = points
      self.color = color
    }
  }

  let grid: PanelGrid

  /// Creates a plot of `series`.
  public init(
    _ series: [Series], title: String = "", xLabel: String = "", yLabel: String = "",
    overlaid: Bool = false
  ) {
    let layers = series.enumerated().map { index, series in
      Panel.Layer(points: PointCloud(series.points), color: series.color ?? Theme.color(index))
    }
    grid =
      if series.count > 1 && !overlaid {
        PanelGrid(
          title: title, xLabel: xLabel, yLabel: yLabel,
          panels: zip(series, layers).map { series, layer in
            let count = PlotNumber.count(layer.points.count)
            return Panel(heading: series.name, detail: "n = \(count)", layers: [layer])
          },
          columns: min(series.count, 4), side: 280)
      } else {
        PanelGrid(
          title: title, xLabel: xLabel, yLabel: yLabel, panels: [Panel(layers: layers)],
          legend: zip(series, layers).filter { !$0.0.name.isEmpty }.map {
            Legend.Entry(name: $0.name, color: $1.color, mark: .disc)
          },
          columns: 1, side: 360)
      }
  }

  /// Creates a plot of samples beside the data that they should resemble.
  public init(data: Matrix<Float>, samples: Matrix<Float>, title: String = "") {
    self.init(
      [Series(name: "data", points: data), Series(name: "samples", points: samples)], title: title)
  }

  public var drawing: PlotDrawing { PlotDrawing(size: size) { draw(on: $0) } }

  /// The width and the height in points, enough for the frames and the texts around them.
  package var size: Size { grid.size }

  /// Draws the plot on `canvas`, a white canvas of ``size``.
  package func draw(on canvas: Canvas) { grid.draw(on: canvas) }
}
