/// An upright rectangle on a canvas.
public struct Rectangle: Sendable, Hashable {
  /// The left edge.
  public var left: Double
  /// The upper edge.
  public var top: Double
  /// From left to right.
  public var width: Double
  /// From top to bottom.
  public var height: Double

  /// The rectangle with this upper left corner and size.
  public init(left: Double, top: Double, width: Double, height: Double) {
    self.left = left
    self.top = top
    self.width = width
    self.height = height
  }

  /// The right edge.
  public var right: Double { left + width }
  /// The lower edge.
  public var bottom: Double { top + height }
  /// The center.
  public var center: Point { Point(x: left + width / 2, y: top + height / 2) }

  /// Whether `point` lies inside.
  func contains(_ point: Point) -> Bool {
    point.x > left && point.x < right && point.y > top && point.y < bottom
  }
}
