import LangevinFiles

/// A picture of data that can be written to a file.
public protocol Plot: Sendable {
  /// The size of the plot, and the way to draw it.
  var drawing: PlotDrawing { get }
}

/// The size of a plot, and the way to draw it.
public struct PlotDrawing: Sendable {
  /// Width and height in points (1/72 inch).
  package let size: Size
  /// Draws the plot on a white canvas of ``size``.
  package let draw: @Sendable (Canvas) -> Void
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
    let drawing = drawing
    let canvas = try Canvas(size: drawing.size, format: format, scale: scale)
    drawing.draw(canvas)
    return try canvas.encode()
  }
}
