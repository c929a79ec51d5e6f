import LangevinPreconditions
public import LinearAlgebra

/// A plot of the reverse process, from noise to samples: a strip of panels, one per timestep.
public struct ReverseProcessPlot: Plot {
  let grid: PanelGrid

  /// Creates a strip of `steps`, in the given order. Each has the points at that timestep, one per row:
  /// the first two columns are x and y.
  ///
  /// All panels have the same axes, with equal units in x and y. Rows with NaN or infinite coordinates
  /// are left out, and the plot shows how many. A long strip continues in further rows.
  public init(_ steps: [(timestep: Int, points: Matrix<Float>)], title: String = "") {
    let panels = steps.enumerated().map { index, step in
      require(
        step.points.columns >= 2,
        """
        ReverseProcessPlot: the points at t = \(step.timestep) have \(step.points.columns) \
        columns, at least 2 needed
        """)
      // From the gray of noise to the color of data.
      let progress = steps.count > 1 ? Double(index) / Double(steps.count - 1) : 1
      let color = Theme.noise.mixed(with: Theme.color(0), fraction: progress)
      return Panel(
        heading: "t = \(step.timestep)",
        layers: [Panel.Layer(points: PointCloud(step.points), color: color)])
    }
    let rows = max(1, (panels.count + 6) / 7)
    grid = PanelGrid(
      title: title, panels: panels.isEmpty ? [Panel(layers: [])] : panels,
      columns: max(1, (panels.count + rows - 1) / rows), side: panels.isEmpty ? 280 : 140,
      hasArrows: true)
  }

  public var drawing: PlotDrawing { PlotDrawing(size: size) { draw(on: $0) } }

  /// The width and the height in points, enough for the frames and the texts around them.
  package var size: Size { grid.size }

  /// Draws the plot on `canvas`, a white canvas of ``size``.
  package func draw(on canvas: Canvas) { grid.draw(on: canvas) }
}
