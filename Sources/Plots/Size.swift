/// Width and height, in points.
package struct Size: Sendable, Hashable {
  /// From left to right.
  package var width: Double
  /// From top to bottom.
  package var height: Double

  /// `width` × `height` points.
  package init(width: Double, height: Double) {
    self.width = width
    self.height = height
  }
}
