internal import CLangevinCairo

/// A white sheet of a given size, with methods that draw lines, discs and texts.
///
/// Places and lengths are in points, from the upper left corner. The canvas owns its Cairo surface and
/// context; its interface exposes nothing of Cairo.
@safe package final class Canvas {
  /// The width and the height, in points.
  package let size: Size
  private let format: PlotFormat
  private let sink = ByteSink()
  let surface: OpaquePointer
  let context: OpaquePointer

  /// Creates an empty sheet for a file of `format`.
  ///
  /// - Throws: ``PlotError/invalidScale(_:)`` or ``PlotError/cannotDraw(reason:)``.
  package init(size: Size, format: PlotFormat, scale: Double) throws(PlotError) {
    guard scale.isFinite, scale > 0 else { throw .invalidScale(scale) }
    self.size = size
    self.format = format
    var created: OpaquePointer?
    switch format {
    case .png:
      let width = (size.width * scale).rounded(.up)
      let height = (size.height * scale).rounded(.up)
      // This is Cairo's own limit; beyond it, a conversion to Int32 could trap.
      guard max(width, height) <= 32767 else {
        throw .cannotDraw(reason: "\(width) × \(height) pixels exceed 32767 per side")
      }
      unsafe created = cairo_image_surface_create(
        CAIRO_FORMAT_RGB24, Int32(max(1, width)), Int32(max(1, height)))
    case .svg:
      unsafe created = cairo_svg_surface_create_for_stream(
        appendToSink, Unmanaged.passUnretained(sink).toOpaque(), size.width, size.height)
    }
    guard let surface = unsafe created, let context = unsafe cairo_create(surface) else {
      throw .cannotDraw(reason: "out of memory")
    }
    unsafe self.surface = surface
    unsafe self.context = context
    if format == .png { unsafe cairo_scale(context, scale, scale) }
    setFontOptions()
    // Paint the whole surface: its last row and column may lie partly beyond the size.
    setColor(Theme.background)
    unsafe cairo_paint(context)
    try check(unsafe cairo_status(context))
  }

  deinit {
    unsafe cairo_destroy(context)
    unsafe cairo_surface_destroy(surface)
  }

  /// Fills `rectangle` with `color`.
  package func fill(_ rectangle: Rectangle, _ color: Color) {
    setColor(color)
    addPath(rectangle)
    unsafe cairo_fill(context)
  }

  /// Draws the edge of `rectangle`.
  package func outline(_ rectangle: Rectangle, _ color: Color, width: Double) {
    setColor(color)
    unsafe cairo_set_line_width(context, width)
    unsafe cairo_set_line_join(context, CAIRO_LINE_JOIN_MITER)
    addPath(rectangle)
    unsafe cairo_stroke(context)
  }

  /// Draws a line through `points` with round corners and ends.
  package func line(_ points: [Point], _ color: Color, width: Double) {
    guard let first = points.first else { return }
    setColor(color)
    setRoundPen(width: width)
    unsafe cairo_move_to(context, first.x, first.y)
    // Cairo draws a line of length zero as its two round ends.
    if points.count == 1 { unsafe cairo_line_to(context, first.x, first.y) }
    for point in points.dropFirst() { unsafe cairo_line_to(context, point.x, point.y) }
    unsafe cairo_stroke(context)
  }

  /// Draws a disc around each of `points`, in their order.
  package func discs(_ points: some Sequence<Point>, _ color: Color, radius: Double) {
    setColor(color)
    // In an SVG, a line of length zero with round ends takes half the bytes of a circle.
    setRoundPen(width: 2 * radius)
    for point in points {
      unsafe cairo_move_to(context, point.x, point.y)
      unsafe cairo_line_to(context, point.x, point.y)
      unsafe cairo_stroke(context)
    }
  }

  /// Writes `text` on one line with its baseline at the height of `point`. With `upwards` the text is rotated
  /// by 90° and reads from bottom to top.
  package func text(
    _ text: String, at point: Point, _ style: TextStyle, _ alignment: TextAlignment = .leading,
    upwards: Bool = false
  ) {
    let shift = alignment.rawValue * width(of: text, style)
    unsafe cairo_save(context)
    setColor(style.color)
    unsafe cairo_translate(context, point.x, point.y)
    if upwards { unsafe cairo_rotate(context, -Double.pi / 2) }
    unsafe cairo_move_to(context, -shift, 0)
    unsafe cairo_show_text(context, oneLine(text))
    unsafe cairo_restore(context)
  }

  /// Returns the width of `text` as ``text(_:at:_:_:upwards:)`` writes it.
  package func width(of text: String, _ style: TextStyle) -> Double {
    setFont(style)
    var extents = cairo_text_extents_t()
    unsafe cairo_text_extents(context, oneLine(text), &extents)
    return max(extents.x_advance, extents.x_bearing + extents.width)
  }

  /// Returns how far the letters of `style` reach above and below the baseline.
  package func lineExtent(of style: TextStyle) -> (ascent: Double, descent: Double) {
    setFont(style)
    var extents = cairo_font_extents_t()
    unsafe cairo_font_extents(context, &extents)
    return (extents.ascent, extents.descent)
  }

  /// Returns the height of a digit of `style`.
  package func digitHeight(of style: TextStyle) -> Double {
    setFont(style)
    var extents = cairo_text_extents_t()
    unsafe cairo_text_extents(context, "0", &extents)
    return extents.height
  }

  /// Returns the bytes of the file. Nothing can be drawn afterwards.
  func encode() throws(PlotError) -> [UInt8] {
    try check(unsafe cairo_status(context))
    unsafe cairo_surface_flush(surface)
    if format == .png {
      try check(
        unsafe cairo_surface_write_to_png_stream(
          surface, appendToSink, Unmanaged.passUnretained(sink).toOpaque()))
    }
    unsafe cairo_surface_finish(surface)
    try check(unsafe cairo_surface_status(surface))
    if format == .svg { sink.removeSurfaceNumber() }
    return sink.bytes
  }

  func check(_ status: cairo_status_t) throws(PlotError) {
    guard status != CAIRO_STATUS_SUCCESS else { return }
    throw .cannotDraw(reason: unsafe String(cString: cairo_status_to_string(status)))
  }

  private func addPath(_ rectangle: Rectangle) {
    unsafe cairo_rectangle(
      context, rectangle.left, rectangle.top, rectangle.width, rectangle.height)
  }

  private func setColor(_ color: Color) {
    unsafe cairo_set_source_rgba(context, color.red, color.green, color.blue, color.opacity)
  }

  private func setRoundPen(width: Double) {
    unsafe cairo_set_line_width(context, width)
    unsafe cairo_set_line_cap(context, CAIRO_LINE_CAP_ROUND)
    unsafe cairo_set_line_join(context, CAIRO_LINE_JOIN_ROUND)
  }

  private func setFont(_ style: TextStyle) {
    unsafe cairo_select_font_face(
      context, "DejaVu Sans", CAIRO_FONT_SLANT_NORMAL,
      style.bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL)
    unsafe cairo_set_font_size(context, style.size)
  }

  /// Turns off hinting: letters keep their true widths, so the layout is the same at every scale.
  private func setFontOptions() {
    let options = unsafe cairo_font_options_create()
    unsafe cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
    unsafe cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
    unsafe cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY)
    unsafe cairo_set_font_options(context, options)
    unsafe cairo_font_options_destroy(options)
  }

  /// Returns `text` with spaces for control characters, which Cairo would draw as empty boxes.
  private func oneLine(_ text: String) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      scalars.append(scalar.properties.generalCategory == .control ? " " : scalar)
    }
    return String(scalars)
  }
}

/// Cairo's writer: appends `count` bytes to the ``ByteSink`` that `closure` points to.
private func appendToSink(
  closure: UnsafeMutableRawPointer?, bytes: UnsafePointer<UInt8>?, count: UInt32
) -> cairo_status_t {
  guard let closure = unsafe closure else { return CAIRO_STATUS_WRITE_ERROR }
  let sink = unsafe Unmanaged<ByteSink>.fromOpaque(closure).takeUnretainedValue()
  unsafe sink.bytes.append(contentsOf: UnsafeBufferPointer(start: bytes, count: Int(count)))
  return CAIRO_STATUS_SUCCESS
}
