/// The alignment of a text to a given place.
package enum TextAlignment: Double, Sendable {
  /// The text begins at the place.
  case leading = 0
  /// The text is centered at the place.
  case center = 0.5
  /// The text ends at the place.
  case trailing = 1
}
