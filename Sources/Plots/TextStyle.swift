/// How a text looks.
public struct TextStyle: Sendable, Hashable {
  /// The size of the font in points.
  public var size: Double
  /// Whether the letters are bold.
  public var bold: Bool
  /// The colour of the letters.
  public var color: Color

  /// A sans serif font of `size` points.
  public init(size: Double, bold: Bool = false, color: Color) {
    self.size = size
    self.bold = bold
    self.color = color
  }
}

/// Which side of a text stands at the place given for it.
public enum TextAlignment: Double, Sendable {
  /// The text begins there.
  case leading = 0
  /// The text has its middle there.
  case center = 0.5
  /// The text ends there.
  case trailing = 1
}
