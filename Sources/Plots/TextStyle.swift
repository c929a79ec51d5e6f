/// How a text looks.
public struct TextStyle: Sendable, Hashable {
  /// The size of the font in points.
  public var size: Double
  /// Whether the letters are bold.
  public var bold: Bool
  /// The color of the letters.
  public var color: Color

  /// A sans serif font of `size` points.
  public init(size: Double, bold: Bool = false, color: Color) {
    self.size = size
    self.bold = bold
    self.color = color
  }
}
