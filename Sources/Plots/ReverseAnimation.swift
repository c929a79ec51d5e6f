import LangevinFiles
import LangevinPreconditions
public import LinearAlgebra

/// How noise becomes samples, as a moving picture: the data faint behind, before them the samples on
/// their way.
///
///     let animation = ReverseAnimation(states, data: data)
///     try animation.write(to: "reverse.webp")
public struct ReverseAnimation: Sendable {
  /// Samples at one level of noise.
  public struct State: Sendable {
    /// Written in the lower left corner: the level of noise.
    public var name: String
    /// Written in the lower right corner, less loudly.
    public var detail: String
    /// Where the samples are.
    var scene: Scene

    /// The samples at `points`, of which there must be two columns.
    ///
    /// Rows with NaN or infinite coordinates, or far from all data, are not drawn.
    public init(name: String, detail: String = "", points: Matrix) {
      require(
        points.columns >= 2,
        "ReverseAnimation: the points \"\(name)\" have \(points.columns) columns and need 2")
      self.name = name
      self.detail = detail
      scene = .points(points)
    }

    /// The samples as `images`.
    public init(name: String, detail: String = "", images: GrayImages) {
      self.name = name
      self.detail = detail
      scene = .images(images)
    }
  }

  /// What is seen.
  enum Scene: Sendable {
    /// One point per row: the first two columns are x and y.
    case points(Matrix)
    case images(GrayImages)
  }

  /// The side of the sheet in points; a picture's pixels are spread over it.
  static let side = 360.0
  private static let caption = 28.0
  private static let edge = 12.0

  let states: [State]
  private let data: PointCloud
  private let frame: Rectangle
  private let x: Axis
  private let y: Axis

  /// An animation of `states` over `data`, whose first two columns are x and y. Images have no data behind
  /// them. Without states there is nothing to write.
  ///
  /// The axes are equal, and the same all the time: the range of the data and a margin.
  public init(_ states: [State], data: Matrix = Matrix(rows: 0, columns: 2)) {
    require(
      data.columns >= 2, "ReverseAnimation: the data have \(data.columns) columns and need 2")
    self.states = states
    self.data = PointCloud(data)
    frame = Rectangle(left: 0, top: 0, width: Self.side, height: Self.side - Self.caption)
    let ranges = DataRange.equallyScaled(
      x: self.data.x, y: self.data.y, in: Size(width: frame.width, height: frame.height),
      padding: 0.14)
    x = Axis(scale: .linear, range: ranges.x)
    y = Axis(scale: .linear, range: ranges.y)
  }

  /// Writes the animation to `path`, which replaces what was there as a whole or not at all.
  ///
  /// - Parameters:
  ///   - path: A name that ends in `.webp`.
  ///   - side: The width and height in pixels.
  ///   - seconds: How long the way from noise to samples takes.
  ///   - hold: How long the last state stays then, in seconds, before it begins again.
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

  /// Refuses a path that does not end in `.webp`, in capitals or not.
  ///
  /// - Throws: ``PlotError/unknownAnimation(path:extension:)``.
  package static func checkName(_ path: String) throws(PlotError) {
    let ending = PlotFormat.fileExtension(of: path)
    if ending.lowercased() != "webp" { throw .unknownAnimation(path: path, extension: ending) }
  }

  /// The bytes of the file that ``write(to:side:seconds:hold:)`` writes.
  ///
  /// - Throws: ``PlotError``.
  public func encoded(
    side: Int = 480, seconds: Double = 4, hold: Double = 2
  ) throws(PlotError) -> [UInt8] {
    guard (0.0...1e6).contains(seconds), (0.0...1e6).contains(hold) else {
      throw .cannotAnimate(
        reason: "\(seconds) and \(hold) seconds are not from 0 to 1000000")
    }
    if states.isEmpty { throw .cannotAnimate(reason: "there are no states to show") }
    let animation = try WebPAnimation(width: side, height: side)
    // A little less: the canvas rounds up, and must not do so for an error of rounding.
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

  /// When state `index` begins, in milliseconds.
  private func time(of index: Int, _ seconds: Double) -> Int {
    Int((1000 * seconds * Double(index) / Double(max(1, states.count - 1))).rounded())
  }

  /// Draws state `index` on a sheet of ``side`` points, with pixels of `pixel` points.
  func draw(_ index: Int, on canvas: Canvas, pixel: Double) {
    let state = states[index]
    switch state.scene {
    case .points(let points): draw(PointCloud(points), on: canvas, pixel: pixel)
    case .images(let images): draw(images, on: canvas, pixel: pixel)
    }
    drawProgress(index, on: canvas)
  }

  /// As large as whole pixels allow.
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

  /// Where the points are that lie within the frame, on whole pixels: then all discs of a color are
  /// the same few pixels, and the file takes a quarter of the bytes.
  private func places(of cloud: PointCloud, pixel: Double) -> some Sequence<Point> {
    (0..<cloud.count).lazy.map { index in
      let right = frame.left + x.fraction(of: cloud.x[index]) * frame.width
      let down = frame.bottom - y.fraction(of: cloud.y[index]) * frame.height
      return Point(
        x: (right / pixel).rounded() * pixel, y: (down / pixel).rounded() * pixel)
    }.filter { frame.contains($0) }
  }
}
