/// Which side of a text stands at the place given for it.
package enum TextAlignment: Double, Sendable {
  /// The text begins there.
  case leading = 0
  /// The text has its middle there.
  case center = 0.5
  /// The text ends there.
  case trailing = 1
}
