/// A plot of gray images: grids side by side, each under a heading.
///
/// It shows, for example, data and samples, or the states between noise and samples.
public struct ImageGrid: Plot {
  let title: String
  let blocks: [(heading: String, images: GrayImages)]
  private let places: [Rectangle]
  private let pixel: Double
  private static let gap = 2.0
  private static let between = 20.0
  private static let headings = 18.0
  private static let imageSide = 32.0
  private static let widest = 1200.0

  /// Creates a plot of `blocks` from left to right, in several lines if they are too wide for one.
  public init(_ blocks: [(heading: String, images: GrayImages)], title: String = "") {
    self.title = title
    self.blocks = blocks
    let side = blocks.map { max($0.images.width, $0.images.height) }.max() ?? 1
    let pixel = max(1, (Self.imageSide / Double(side)).rounded())
    self.pixel = pixel
    var places: [Rectangle] = []
    var (left, top) = (Theme.margin, Theme.margin + (title.isEmpty ? 0 : 26))
    var bottom = top
    for block in blocks {
      let size = block.images.size(pixel: pixel, gap: Self.gap)
      if left > Theme.margin && left + size.width > Self.widest {
        (left, top) = (Theme.margin, bottom + Self.between)
      }
      places.append(
        Rectangle(
          left: left, top: top + Self.headings, width: size.width, height: size.height))
      left += size.width + Self.between
      bottom = max(bottom, top + Self.headings + size.height)
    }
    self.places = places
  }

  public var drawing: PlotDrawing { PlotDrawing(size: size) { draw(on: $0) } }

  /// The width and the height, in points.
  package var size: Size {
    Size(
      width: max(160, places.map(\.right).max() ?? 0) + Theme.margin,
      height: (places.map(\.bottom).max() ?? Theme.margin + Self.headings) + Theme.margin)
  }

  /// Draws the plot on `canvas`, a white canvas of ``size``.
  package func draw(on canvas: Canvas) {
    let width = size.width - 2 * Theme.margin
    if !title.isEmpty {
      canvas.row(title, left: Theme.margin, top: Theme.margin, width: width, Theme.title)
    }
    for (block, place) in zip(blocks, places) {
      canvas.row(
        block.heading, left: place.left, top: place.top - Self.headings,
        width: max(place.width, 60), Theme.heading)
      block.images.draw(
        on: canvas, at: Point(x: place.left, y: place.top), pixel: pixel, gap: Self.gap)
    }
  }
}

/// A strip of image grids of the same size, one below the other and without margins.
///
/// At a scale of 1, each pixel of an image is one pixel of the strip, with one pixel between images.
package struct ImageStrip: Plot {
  private let grids: [GrayImages]

  /// Creates a strip of `grids`, which is empty without grids.
  package init(_ grids: [GrayImages]) { self.grids = grids }

  private var gridSize: Size {
    grids.first?.size(pixel: 1, gap: 1) ?? Size(width: 0, height: 0)
  }

  public var drawing: PlotDrawing { PlotDrawing(size: size) { draw(on: $0) } }

  /// The width and the height in points, which are pixels at a scale of 1.
  package var size: Size {
    Size(width: gridSize.width, height: gridSize.height * Double(grids.count))
  }

  /// Draws the strip on `canvas`, a canvas of ``size``.
  package func draw(on canvas: Canvas) {
    for (index, grid) in grids.enumerated() {
      grid.draw(
        on: canvas, at: Point(x: 0, y: gridSize.height * Double(index)), pixel: 1, gap: 1)
    }
  }
}
