/// A place on a canvas, in points from its upper left corner.
package struct Point: Sendable, Hashable {
  /// The distance from the left edge.
  package var x: Double
  /// The distance from the upper edge.
  package var y: Double

  /// Creates the place `x` to the right and `y` down.
  package init(x: Double, y: Double) {
    self.x = x
    self.y = y
  }
}

/// A width and a height, in points.
package struct Size: Sendable, Hashable {
  /// The length from left to right.
  package var width: Double
  /// The length from top to bottom.
  package var height: Double

  /// Creates a size of `width` × `height` points.
  package init(width: Double, height: Double) {
    self.width = width
    self.height = height
  }
}
