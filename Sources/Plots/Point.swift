/// A place on a canvas, in points from its upper left corner.
package struct Point: Sendable, Hashable {
  /// To the right.
  package var x: Double
  /// Downwards.
  package var y: Double

  /// The place `x` to the right and `y` down.
  package init(x: Double, y: Double) {
    self.x = x
    self.y = y
  }
}
