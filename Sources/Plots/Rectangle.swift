/// An upright rectangle on a canvas.
package struct Rectangle: Sendable, Hashable {
  /// The left edge.
  package var left: Double
  /// The upper edge.
  package var top: Double
  /// The length from left to right.
  package var width: Double
  /// The length from top to bottom.
  package var height: Double

  /// Creates the rectangle with this upper left corner and size.
  package init(left: Double, top: Double, width: Double, height: Double) {
    self.left = left
    self.top = top
    self.width = width
    self.height = height
  }

  /// The right edge.
  package var right: Double { left + width }
  /// The lower edge.
  package var bottom: Double { top + height }
  /// The center.
  package var center: Point { Point(x: left + width / 2, y: top + height / 2) }

  /// Returns whether `point` lies inside.
  func contains(_ point: Point) -> Bool {
    point.x > left && point.x < right && point.y > top && point.y < bottom
  }
}
