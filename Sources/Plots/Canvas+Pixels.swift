internal import CLangevinCairo

extension Canvas {
  /// Returns the pixels of a PNG canvas, row by row from the top, each 0xFFRRGGBB. Drawing may continue
  /// afterwards.
  func pixels() throws(PlotError) -> [UInt32] {
    try check(unsafe cairo_status(context))
    unsafe cairo_surface_flush(surface)
    let width = Int(unsafe cairo_image_surface_get_width(surface))
    let height = Int(unsafe cairo_image_surface_get_height(surface))
    let stride = Int(unsafe cairo_image_surface_get_stride(surface))
    guard let data = unsafe cairo_image_surface_get_data(surface) else {
      throw .cannotDraw(reason: "the canvas has no pixels")
    }
    let bytes = unsafe UnsafeRawBufferPointer(start: data, count: stride * height)
    var elements: [UInt32] = []
    elements.reserveCapacity(width * height)
    for row in 0..<height {
      for column in 0..<width {
        // Cairo leaves the highest byte of its opaque pixels undefined.
        let pixel = unsafe bytes.load(fromByteOffset: row * stride + 4 * column, as: UInt32.self)
        elements.append(pixel | 0xFF00_0000)
      }
    }
    return elements
  }
}
