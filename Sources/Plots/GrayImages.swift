import LangevinPreconditions
public import LinearAlgebra

/// Gray images of the same size, arranged in a grid row by row.
public struct GrayImages: Sendable {
  /// The gray levels of the images, one image per row, line by line, from 0 (black) to 1 (white).
  ///
  /// Values beyond this range are drawn as black or white, NaN as black.
  public var pixels: Matrix<Float>
  /// The width of an image, in pixels.
  public let width: Int
  /// The height of an image, in pixels.
  public let height: Int
  /// The number of images side by side.
  public var columns: Int

  /// Creates images of `width` × `height` pixels, one from each row of `pixels`, `columns` of them side by
  /// side.
  public init(_ pixels: Matrix<Float>, width: Int, height: Int, columns: Int) {
    require(
      width > 0 && height > 0 && columns > 0 && pixels.columns == width * height,
      "GrayImages: rows of \(pixels.columns) pixels for images of \(width) × \(height), \(columns) a line"
    )
    self.pixels = pixels
    self.width = width
    self.height = height
    self.columns = columns
  }

  /// The number of images one below the other.
  var rows: Int { (pixels.rows + columns - 1) / columns }

  /// Returns the size of the grid with pixels of `pixel` points and gaps of `gap` points between images.
  func size(pixel: Double, gap: Double) -> Size {
    func length(_ count: Int, _ pixels: Int) -> Double {
      Double(count) * (Double(pixels) * pixel + gap) - (count > 0 ? gap : 0)
    }
    return Size(width: length(columns, width), height: length(rows, height))
  }

  /// Draws the grid with its upper left corner at `corner`.
  func draw(on canvas: Canvas, at corner: Point, pixel: Double, gap: Double) {
    for image in 0..<pixels.rows {
      let left =
        corner.x + Double(image % columns) * (Double(width) * pixel + gap)
      let top = corner.y + Double(image / columns) * (Double(height) * pixel + gap)
      canvas.fill(
        Rectangle(
          left: left, top: top, width: Double(width) * pixel, height: Double(height) * pixel),
        Color(hex: 0))
      for index in 0..<pixels.columns {
        // Round to the 256 gray levels of a file.
        let value = (Double(pixels[image, index]) * 255).rounded()
        let gray = min(max(value.isNaN ? 0 : value, 0), 255) / 255
        if gray == 0 { continue }
        canvas.fill(
          Rectangle(
            left: left + Double(index % width) * pixel, top: top + Double(index / width) * pixel,
            width: pixel, height: pixel),
          Color(red: gray, green: gray, blue: gray))
      }
    }
  }
}
