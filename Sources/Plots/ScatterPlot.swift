import LangevinPreconditions
public import LinearAlgebra

/// Points of the plane, of one series or several, with equal axes.
///
/// Discs are the smaller and the fainter the more there are, so that ten thousand points show
/// where they are dense.
public struct ScatterPlot: Plot {
  /// Points with a name and a color.
  public struct Series: Sendable {
    /// The name in heading or legend.
    public var name: String
    /// One point per row: the first two columns are x and y.
    public var points: Matrix
    /// The color, or nil for one of the palette.
    public var color: Color?

    /// The first two columns of `points`, of which there must be two.
    ///
    /// Rows with NaN or infinite coordinates are left out of the plot, and it says how many.
    public init(name: String, points: Matrix, color: Color? = nil) {
      require(
        points.columns >= 2,
        "ScatterPlot: the points \"\(name)\" have \(points.columns) columns and need 2")
      self.name = name
      self.points = points
      self.color = color
    }
  }

  /// How series are put together.
  public enum Arrangement: Sendable {
    /// Each in a panel of its own, all with the same axes.
    case sideBySide
    /// All in one panel, with a legend.
    case overlaid
  }

  let grid: PanelGrid

  /// A plot of `series`.
  public init(
    _ series: [Series], title: String = "", xLabel: String = "", yLabel: String = "",
    arrangement: Arrangement = .sideBySide
  ) {
    let layers = series.enumerated().map { index, series in
      Panel.Layer(points: PointCloud(series.points), color: series.color ?? Theme.color(index))
    }
    grid =
      switch arrangement {
      case .sideBySide where series.count > 1:
        PanelGrid(
          title: title, xLabel: xLabel, yLabel: yLabel,
          panels: zip(series, layers).map { series, layer in
            let count = NumberText.count(layer.points.count)
            return Panel(heading: series.name, detail: "n = \(count)", layers: [layer])
          },
          columns: min(series.count, 4), side: 280)
      default:
        PanelGrid(
          title: title, xLabel: xLabel, yLabel: yLabel, panels: [Panel(layers: layers)],
          legend: zip(series, layers).filter { !$0.0.name.isEmpty }.map {
            Legend.Entry(name: $0.name, color: $1.color, mark: .disc)
          },
          columns: 1, side: 360)
      }
  }

  /// Samples beside the data that they should resemble.
  public init(data: Matrix, samples: Matrix, title: String = "") {
    self.init(
      [Series(name: "data", points: data), Series(name: "samples", points: samples)], title: title)
  }

  public var drawing: PlotDrawing { PlotDrawing(size: size) { draw(on: $0) } }

  /// Width and height in points, enough for the frames and the texts around them.
  package var size: Size { grid.size }

  /// Draws the plot on `canvas`, a white one of ``size``.
  package func draw(on canvas: Canvas) { grid.draw(on: canvas) }
}
