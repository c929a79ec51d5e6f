import LangevinFiles

/// A picture of data that can be written to a file.
///
/// A new kind of plot says how large it is and how it is drawn; ``write(to:scale:)`` comes with
/// that.
public protocol Plot: Sendable {
  /// Width and height in points (1/72 inch).
  var size: Size { get }

  /// Draws the plot on `canvas`, a white one of ``size``.
  func draw(on canvas: Canvas)
}

extension Plot {
  /// Writes the plot to `path`, as PNG or SVG by the extension of its name.
  ///
  /// The file appears all at once or not at all: on failure, what was there before stays. The same
  /// plot always becomes the same bytes, with the same fonts installed.
  ///
  /// - Parameters:
  ///   - path: A name that ends in `.png` or `.svg`.
  ///   - scale: How many pixels a point has in a PNG; an SVG has no pixels.
  /// - Throws: ``PlotError``.
  public func write(to path: String, scale: Double = 2) throws(PlotError) {
    let format = try PlotFormat(path: path)
    let bytes = try encoded(as: format, scale: scale)
    do {
      try AtomicFile.write(bytes, to: path)
    } catch {
      throw .cannotWrite(error)
    }
  }

  /// The bytes of the file that ``write(to:scale:)`` writes.
  public func encoded(as format: PlotFormat, scale: Double = 2) throws(PlotError) -> [UInt8] {
    let canvas = try Canvas(size: size, format: format, scale: scale)
    draw(on: canvas)
    return try canvas.encode()
  }
}
