/// The font and color of a text.
package struct TextStyle: Sendable, Hashable {
  /// The size of the font in points.
  package var size: Double
  /// Whether the letters are bold.
  package var bold: Bool
  /// The color of the letters.
  package var color: Color

  /// Creates the style of a sans-serif font of `size` points.
  package init(size: Double, bold: Bool = false, color: Color) {
    self.size = size
    self.bold = bold
    self.color = color
  }
}

/// The alignment of a text to a given place.
package enum TextAlignment: Double, Sendable {
  /// The text begins at the place.
  case leading = 0
  /// The text is centered at the place.
  case center = 0.5
  /// The text ends at the place.
  case trailing = 1
}
