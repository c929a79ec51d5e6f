import LangevinPreconditions
public import LinearAlgebra

/// Where the points of each state are drawn to: panels of points with the arrows of a vector field.
///
///     let places = FieldPlot.places(covering: states)
///     let plot = FieldPlot(states.map { .init($0, places: places, vectors: field(places)) })
public struct FieldPlot: Plot {
  /// Points, and the field that is around them.
  public struct State: Sendable {
    /// Written above the panel.
    public var name: String
    /// One point per row: the first two columns are x and y.
    public var points: Matrix
    /// The places of the arrows, one per row; nil without a field.
    public var places: Matrix?
    /// The vector at each of the places.
    public var vectors: Matrix?

    /// `points` in the field that has `vectors` at `places`, which have two columns or more.
    public init(
      name: String = "", _ points: Matrix, places: Matrix? = nil, vectors: Matrix? = nil
    ) {
      require(
        points.columns >= 2,
        "FieldPlot: the points \"\(name)\" have \(points.columns) columns and need 2")
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

  /// Panels of `states`, in the order given, with the same equal axes.
  ///
  /// A vector of length `unit` becomes an arrow that is as long as neighboring places of
  /// ``places(covering:perSide:)`` are apart; a longer one is cut to that, so that arrows do not cross.
  /// Vectors that are NaN or infinite are left out, as are such points, of which the plot says how many.
  public init(_ states: [State], unit: Double = 1, title: String = "") {
    require(unit > 0, "FieldPlot: the unit \(unit) is not above 0")
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

  /// The places of a grid that covers the first two columns of all `points`: about `perSide` along the
  /// longer side, as far apart along the other. There are none if no point can be drawn.
  public static func places(covering points: [Matrix], perSide: Int = 16) -> Matrix {
    require(perSide > 1, "FieldPlot: \(perSide) places a side are too few")
    let clouds = points.map { PointCloud($0) }
    guard let x = DataRange(tightly: clouds.flatMap(\.x)),
      let y = DataRange(tightly: clouds.flatMap(\.y)), max(x.span, y.span) > 0
    else { return Matrix(rows: 0, columns: 2) }
    let gap = max(x.span, y.span) / Double(perSide - 1)
    let (columns, rows) = (Int(x.span / gap + 0.5) + 1, Int(y.span / gap + 0.5) + 1)
    return Matrix(rows: rows * columns, columns: 2) { place, column in
      column == 0
        ? Float(x.middle + gap * (Double(place % columns) - Double(columns - 1) / 2))
        : Float(y.middle + gap * (Double(place / columns) - Double(rows - 1) / 2))
    }
  }

  public var drawing: PlotDrawing { PlotDrawing(size: size) { draw(on: $0) } }

  /// Width and height in points, enough for the frames and the texts around them.
  package var size: Size { grid.size }

  /// Draws the plot on `canvas`, a white one of ``size``.
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

  /// How far apart places of a grid are: along the first row, or else the first column.
  private static func gap(_ places: Matrix) -> Double {
    guard places.rows > 1 else { return 1 }
    let (x, y) = (Double(places[1, 0] - places[0, 0]), Double(places[1, 1] - places[0, 1]))
    return (x * x + y * y).squareRoot()
  }
}
