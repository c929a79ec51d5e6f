/// Width and height, in points.
public struct Size: Sendable, Hashable {
  /// From left to right.
  public var width: Double
  /// From top to bottom.
  public var height: Double

  /// `width` × `height` points.
  public init(width: Double, height: Double) {
    self.width = width
    self.height = height
  }
}
