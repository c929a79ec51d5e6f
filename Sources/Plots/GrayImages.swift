import LangevinPreconditions
public import LinearAlgebra

/// Gray images of one size, row by row of a grid.
public struct GrayImages: Sendable {
  /// One image per row: the brightness of its pixels, line by line, from 0, black, to 1, white. What is
  /// beyond is drawn as these, NaN as black.
  public var pixels: Matrix
  /// Pixels of a line.
  public let width: Int
  /// Lines.
  public let height: Int
  /// How many images stand side by side.
  public var columns: Int

  /// Images of `width` × `height` pixels, as many as `pixels` has rows, `columns` of them side by side.
  public init(_ pixels: Matrix, width: Int, height: Int, columns: Int) {
    require(
      width > 0 && height > 0 && columns > 0 && pixels.columns == width * height,
      "GrayImages: rows of \(pixels.columns) pixels for images of \(width) × \(height), \(columns) a line"
    )
    self.pixels = pixels
    self.width = width
    self.height = height
    self.columns = columns
  }

  /// Images one below the other.
  var rows: Int { (pixels.rows + columns - 1) / columns }

  /// How large the grid is with pixels of `pixel` points, and `gap` points between images.
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
        // As many greys as a file has.
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
