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
