import LangevinFiles

/// A picture of data that can be written to a file.
public protocol Plot: Sendable {
  /// The size of the plot, and the way to draw it.
  var drawing: PlotDrawing { get }
}

/// The size of a plot, and the way to draw it.
public struct PlotDrawing: Sendable {
  /// The width and the height, in points (1/72 inch).
  package let size: Size
  /// The function that draws the plot on a white canvas of ``size``.
  package let draw: @Sendable (Canvas) -> Void
}

extension Plot {
  /// Writes the plot to `path`, as PNG or SVG depending on the extension of the name.
  ///
  /// The file is written atomically: on failure, an existing file stays unchanged. The same plot always
  /// gives the same bytes if the same fonts are installed.
  ///
  /// - Parameters:
  ///   - path: The path of the file, ending in `.png` or `.svg`.
  ///   - scale: The number of pixels per point in a PNG. It has no effect on an SVG.
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

  /// Returns the bytes of the file that ``write(to:scale:)`` writes.
  public func encoded(as format: PlotFormat, scale: Double = 2) throws(PlotError) -> [UInt8] {
    let drawing = drawing
    let canvas = try Canvas(size: drawing.size, format: format, scale: scale)
    drawing.draw(canvas)
    return try canvas.encode()
  }
}
