import LangevinFiles
import LangevinPreconditions
public import LinearAlgebra

/// An animation of the reverse process, from noise to samples, in front of the data drawn faintly.
///
///     let animation = ReverseAnimation(states, data: data)
///     try animation.write(to: "reverse.webp")
public struct ReverseAnimation: Sendable {
  /// Samples at one noise level.
  package struct State: Sendable {
    /// The text in the lower left corner: the noise level.
    package var name: String
    /// The fainter text in the lower right corner.
    package var detail: String
    /// The samples.
    var scene: Scene

    /// Creates a state from the first two columns of `points`.
    ///
    /// Rows with NaN or infinite coordinates, or far from all data, are not drawn.
    package init(name: String, detail: String = "", points: Matrix<Float>) {
      require(
        points.columns >= 2,
        "ReverseAnimation: the points \"\(name)\" have \(points.columns) columns, 2 needed")
      self.name = name
      self.detail = detail
      scene = .points(points)
    }

    /// Creates a state from samples that are `images`.
    package init(name: String, detail: String = "", images: GrayImages) {
      self.name = name
      self.detail = detail
      scene = .images(images)
    }
  }

  /// The samples of a state, as points or images.
  enum Scene: Sendable {
    /// Points, one per row: the first two columns are x and y.
    case points(Matrix<Float>)
    case images(GrayImages)
  }

  /// The side of the canvas in points. The pixels of a picture are spread over it.
  static let side = 360.0
  private static let caption = 28.0
  private static let edge = 12.0

  let states: [State]
  private let data: PointCloud
  private let frame: Rectangle
  private let x: Axis
  private let y: Axis

  /// Creates an animation of `states` in front of `data`, whose first two columns are x and y.
  ///
  /// Images have no data behind them. Without states, writing throws an error. Both axes have equal units and
  /// stay the same in all states: they cover the range of the data and a margin.
  public init(
    _ states: [(name: String, detail: String, points: Matrix<Float>)],
    data: Matrix<Float> = Matrix<Float>(rows: 0, columns: 2)
  ) {
    self.init(
      states: states.map { State(name: $0.name, detail: $0.detail, points: $0.points) }, data: data)
  }

  /// Creates an animation of `states` that are images.
  public init(images states: [(name: String, detail: String, images: GrayImages)]) {
    self.init(states: states.map { State(name: $0.name, detail: $0.detail, images: $0.images) })
  }

  /// Creates an animation of `states` over `data`.
  package init(states: [State], data: Matrix<Float> = Matrix<Float>(rows: 0, columns: 2)) {
    require(
      data.columns >= 2, "ReverseAnimation: the data have \(data.columns) columns, 2 needed")
    self.states = states
    self.data = PointCloud(data)
    frame = Rectangle(left: 0, top: 0, width: Self.side, height: Self.side - Self.caption)
    let ranges = DataRange.equallyScaled(
      x: self.data.x, y: self.data.y, in: Size(width: frame.width, height: frame.height),
      padding: 0.14)
    x = Axis(scale: .linear, range: ranges.x)
    y = Axis(scale: .linear, range: ranges.y)
  }

  /// Writes the animation to `path` atomically.
  ///
  /// - Parameters:
  ///   - path: The path of the file, ending in `.webp`.
  ///   - side: The width and height, in pixels.
  ///   - seconds: The duration from the first state to the last, in seconds.
  ///   - hold: The duration of the last state, in seconds, before the animation starts again.
  /// - Throws: ``PlotError``.
  public func write(
    to path: String, side: Int = 480, seconds: Double = 4, hold: Double = 2
  ) throws(PlotError) {
    try Self.checkName(path)
    let bytes = try encoded(side: side, seconds: seconds, hold: hold)
    do {
      try AtomicFile.write(bytes, to: path)
    } catch {
      throw .cannotWrite(error)
    }
  }

  /// Throws an error if `path` does not end in `.webp`, in upper or lower case.
  ///
  /// - Throws: ``PlotError/unknownAnimation(path:extension:)``.
  package static func checkName(_ path: String) throws(PlotError) {
    let ending = PlotFormat.fileExtension(of: path)
    if ending.lowercased() != "webp" { throw .unknownAnimation(path: path, extension: ending) }
  }

  /// Returns the bytes of the file that ``write(to:side:seconds:hold:)`` writes.
  ///
  /// - Throws: ``PlotError``.
  public func encoded(
    side: Int = 480, seconds: Double = 4, hold: Double = 2
  ) throws(PlotError) -> [UInt8] {
    guard (0.0...1e6).contains(seconds), (0.0...1e6).contains(hold) else {
      throw .cannotAnimate(
        reason: "\(seconds) and \(hold) seconds are not both from 0 to 1000000")
    }
    if states.isEmpty { throw .cannotAnimate(reason: "no states to show") }
    let animation = try WebPAnimation(width: side, height: side)
    // Slightly smaller: the canvas rounds up, and a rounding error must not add a pixel.
    let scale = (Double(side) / Self.side).nextDown
    for index in states.indices {
      let canvas = try Canvas(
        size: Size(width: Self.side, height: Self.side), format: .png, scale: scale)
      draw(index, on: canvas, pixel: Self.side / Double(side))
      try animation.add(try canvas.pixels(), at: time(of: index, seconds))
    }
    let end = time(of: states.count - 1, seconds) + Int((1000 * hold).rounded())
    return try animation.encode(until: max(end, time(of: states.count - 1, seconds) + 1))
  }

  /// Returns the start of state `index`, in milliseconds.
  private func time(of index: Int, _ seconds: Double) -> Int {
    Int((1000 * seconds * Double(index) / Double(max(1, states.count - 1))).rounded())
  }

  /// Draws state `index` on a canvas of ``side`` points, with pixels of `pixel` points.
  func draw(_ index: Int, on canvas: Canvas, pixel: Double) {
    let state = states[index]
    switch state.scene {
    case .points(let points): draw(PointCloud(points), on: canvas, pixel: pixel)
    case .images(let images): draw(images, on: canvas, pixel: pixel)
    }
    drawProgress(index, on: canvas)
  }

  /// Draws `images` as large as whole pixels allow.
  private func draw(_ images: GrayImages, on canvas: Canvas, pixel: Double) {
    let gap = 2 * pixel
    let whole = images.size(pixel: pixel, gap: gap)
    let room = min(
      (frame.width - whole.width) / (Double(images.columns * images.width) * pixel),
      (frame.height - whole.height) / (Double(images.rows * images.height) * pixel))
    let side = pixel * max(1, 1 + room.rounded(.down))
    let size = images.size(pixel: side, gap: gap)
    func start(_ room: Double) -> Double { max(0, (room / 2 / pixel).rounded(.down) * pixel) }
    images.draw(
      on: canvas,
      at: Point(x: start(frame.width - size.width), y: start(frame.height - size.height)),
      pixel: side, gap: gap)
  }

  private func draw(_ points: PointCloud, on canvas: Canvas, pixel: Double) {
    let behind = PointLook(count: data.count, side: frame.height)
    canvas.discs(
      places(of: data, pixel: pixel), Theme.noise.withOpacity(0.6 * behind.opacity),
      radius: behind.radius)
    let look = PointLook(count: points.count, side: frame.height)
    canvas.discs(
      places(of: points, pixel: pixel), Theme.color(0).withOpacity(look.opacity),
      radius: look.radius)
  }

  private func drawProgress(_ index: Int, on canvas: Canvas) {
    let state = states[index]
    let top = frame.bottom
    let width = Self.side - 2 * Self.edge
    let progress = Double(index + 1) / Double(states.count)
    let line = Rectangle(left: Self.edge, top: top, width: width, height: 1.5)
    canvas.fill(line, Theme.grid)
    canvas.fill(
      Rectangle(left: line.left, top: top, width: progress * width, height: line.height),
      Theme.color(0))
    let textTop = top + 7
    canvas.row(state.name, left: Self.edge, top: textTop, width: width / 2, Theme.heading)
    canvas.row(
      state.detail, left: Self.edge + width / 2, top: textTop, width: width / 2, Self.detail,
      .trailing)
  }

  private static let detail = TextStyle(size: Theme.heading.size, color: Theme.quietText)

  /// Returns the places of the points within the frame, rounded to whole pixels.
  ///
  /// All discs of a color are then the same few pixels, and the file takes a quarter of the bytes.
  private func places(of cloud: PointCloud, pixel: Double) -> some Sequence<Point> {
    (0..<cloud.count).lazy.map { index in
      let right = frame.left + x.fraction(of: cloud.x[index]) * frame.width
      let down = frame.bottom - y.fraction(of: cloud.y[index]) * frame.height
      return Point(
        x: (right / pixel).rounded() * pixel, y: (down / pixel).rounded() * pixel)
    }.filter { frame.contains($0) }
  }
}
