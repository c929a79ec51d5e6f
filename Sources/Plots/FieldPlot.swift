import LangevinPreconditions
package import LinearAlgebra

/// A plot of a vector field around points, in one panel for each state.
///
///     let places = FieldPlot.places(covering: states)
///     let plot = FieldPlot(states.map { .init($0, places: places, vectors: field(places)) })
package struct FieldPlot: Plot {
  /// Points, and the vector field around them.
  package struct State: Sendable {
    /// The text above the panel.
    package var name: String
    /// The points, one per row: the first two columns are x and y.
    package var points: Matrix<Float>
    /// The places of the arrows, one per row, or nil without a field.
    package var places: Matrix<Float>?
    /// The vector at each place, one per row.
    package var vectors: Matrix<Float>?

    /// Creates a state of `points` in the field with `vectors` at `places`. All have two or more columns.
    package init(
      name: String = "", _ points: Matrix<Float>, places: Matrix<Float>? = nil,
      vectors: Matrix<Float>? = nil
    ) {
      require(
        points.columns >= 2,
        "FieldPlot: the points \"\(name)\" have \(points.columns) columns, at least 2 needed")
      let (rows, columns) = (places?.rows ?? 0, places?.columns ?? 2)
      require(
        vectors?.rows ?? 0 == rows && vectors?.columns ?? 2 == columns && columns >= 2,
        """
        FieldPlot: vectors of \(vectors?.rows ?? 0) × \(vectors?.columns ?? 2) do not fit places of \
        \(rows) × \(columns)
        """)
      self.name = name
      self.points = points
      self.places = places
      self.vectors = vectors
    }
  }

  let grid: PanelGrid

  /// Creates panels of `states`, in the given order. All have the same axes, with equal units in x and y.
  ///
  /// A vector of length `unit` becomes an arrow as long as the distance between neighboring places of
  /// ``places(covering:perSide:)``. Longer vectors are cut to that length, so that arrows do not cross.
  /// Vectors and points that are NaN or infinite are left out; the plot shows how many points.
  package init(_ states: [State], unit: Double = 1, title: String = "") {
    require(unit > 0, "FieldPlot: the unit \(unit) must be positive")
    let panels = states.enumerated().map { index, state in
      let progress = states.count > 1 ? Double(index) / Double(states.count - 1) : 1
      let color = Theme.noise.mixed(with: Theme.color(0), fraction: progress)
      return Panel(
        heading: state.name, layers: [Panel.Layer(points: PointCloud(state.points), color: color)],
        arrows: Self.arrows(state, unit: unit))
    }
    grid = PanelGrid(
      title: title, panels: panels.isEmpty ? [Panel(layers: [])] : panels,
      columns: min(3, max(1, panels.count)), side: 230, hasArrows: true)
  }

  /// Returns the places of a grid that covers the first two columns of all `points`.
  ///
  /// About `perSide` places lie along the longer side; the spacing is the same along the other side. The
  /// matrix has no rows if no point can be drawn.
  package static func places(covering points: [Matrix<Float>], perSide: Int = 16) -> Matrix<Float> {
    require(perSide > 1, "FieldPlot: \(perSide) places per side are too few")
    let clouds = points.map { PointCloud($0) }
    guard let x = DataRange(tightly: clouds.flatMap(\.x)),
      let y = DataRange(tightly: clouds.flatMap(\.y)), max(x.span, y.span) > 0
    else { return Matrix<Float>(rows: 0, columns: 2) }
    let gap = max(x.span, y.span) / Double(perSide - 1)
    let (columns, rows) = (Int(x.span / gap + 0.5) + 1, Int(y.span / gap + 0.5) + 1)
    return Matrix<Float>(rows: rows * columns, columns: 2) { place, column in
      column == 0
        ? Float(x.middle + gap * (Double(place % columns) - Double(columns - 1) / 2))
        : Float(y.middle + gap * (Double(place / columns) - Double(rows - 1) / 2))
    }
  }

  package var drawing: PlotDrawing { PlotDrawing(size: size) { draw(on: $0) } }

  /// The width and the height in points, enough for the frames and the texts around them.
  package var size: Size { grid.size }

  /// Draws the plot on `canvas`, a white canvas of ``size``.
  package func draw(on canvas: Canvas) { grid.draw(on: canvas) }

  private static func arrows(_ state: State, unit: Double) -> [Panel.Arrow] {
    guard let places = state.places, let vectors = state.vectors else { return [] }
    let gap = gap(places)
    return (0..<places.rows).compactMap { row in
      let (x, y) = (Double(places[row, 0]), Double(places[row, 1]))
      let (along, up) = (Double(vectors[row, 0]), Double(vectors[row, 1]))
      let length = (along * along + up * up).squareRoot()
      guard x.isFinite, y.isFinite, length.isFinite, length > 0 else { return nil }
      let factor = gap * min(1 / unit, 1 / length)
      return Panel.Arrow(x: x, y: y, along: factor * along, up: factor * up)
    }
  }

  /// Returns the distance between places of a grid: along its first row, or else its first column.
  private static func gap(_ places: Matrix<Float>) -> Double {
    guard places.rows > 1 else { return 1 }
    let (x, y) = (Double(places[1, 0] - places[0, 0]), Double(places[1, 1] - places[0, 1]))
    return (x * x + y * y).squareRoot()
  }
}
