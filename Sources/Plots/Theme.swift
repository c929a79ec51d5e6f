/// The colors, fonts and distances of all plots.
enum Theme {
  /// The palette of Okabe and Ito, which is safe for all forms of color vision, without its black and
  /// its yellow, which is faint on white.
  static let palette = [
    0x0072B2, 0xD55E00, 0x009E73, 0xCC79A7, 0xE69F00, 0x56B4E9,
  ].map { Color(hex: $0) }

  static let background = Color(hex: 0xFFFFFF)
  static let text = Color(hex: 0x2B2B2B)
  static let quietText = Color(hex: 0x666666)
  static let grid = Color(hex: 0xEAEAEA)
  static let border = Color(hex: 0xBDBDBD)
  static let noise = Color(hex: 0x9A9A9A)

  static let title = TextStyle(size: 13, bold: true, color: text)
  static let heading = TextStyle(size: 10.5, color: text)
  static let axisLabel = TextStyle(size: 10, color: text)
  static let tickLabel = TextStyle(size: 8.5, color: quietText)
  static let note = TextStyle(size: 8, color: quietText)

  /// The white margin around a plot.
  static let margin = 16.0
  /// The gap between a text and the element it belongs to.
  static let gap = 6.0

  /// Returns the color of series `index`. The palette repeats after its last color.
  static func color(_ index: Int) -> Color { palette[index % palette.count] }
}
