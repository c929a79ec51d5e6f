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
