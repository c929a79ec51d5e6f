/// The range of data from the smallest to the largest number, adapted to an axis.
package struct DataRange: Equatable {
  package var lower: Double
  package var upper: Double

  /// The largest magnitude that counts as finite: sums of larger numbers could overflow.
  static let largest = 1e300

  /// Returns whether `value` can be drawn.
  package static func canShow(_ value: Double) -> Bool { value.magnitude <= largest }

  package var span: Double { upper - lower }
  var middle: Double { lower + span / 2 }

  package init(lower: Double, upper: Double) {
    self.lower = lower
    self.upper = upper
  }

  /// Creates the range of the drawable numbers of `values`, or nil if no number is drawable.
  init?(tightly values: some Sequence<Double>) {
    var lower = Double.infinity
    var upper = -Double.infinity
    for value in values where Self.canShow(value) {
      lower = min(lower, value)
      upper = max(upper, value)
    }
    guard lower <= upper else { return nil }
    self.init(lower: lower, upper: upper)
  }

  /// Creates the range of the drawable numbers of `values`, with room around numbers that are constant up
  /// to rounding. Without data the range is 0 to 1.
  package init(_ values: some Sequence<Double>) {
    self = DataRange(tightly: values)?.opened ?? DataRange(lower: 0, upper: 1)
  }

  /// The shortest span whose tick labels are distinct and short enough to read.
  private var shortestSpan: Double { max(1e-9 * max(lower.magnitude, upper.magnitude), 1e-290) }

  /// Whether the range is too short for an axis.
  private var isClosed: Bool { span <= shortestSpan }

  /// This range, or a wider one around it if it is too short for an axis.
  private var opened: DataRange {
    guard isClosed else { return self }
    let magnitude = max(lower.magnitude, upper.magnitude)
    return stretched(to: magnitude < 1e-280 ? 2 : magnitude)
  }

  /// Returns this range with `fraction` of its span added at both ends.
  package func padded(by fraction: Double) -> DataRange {
    DataRange(lower: lower - fraction * span, upper: upper + fraction * span)
  }

  /// Returns this range with the same middle and its span stretched to `newSpan`.
  func stretched(to newSpan: Double) -> DataRange {
    DataRange(lower: middle - newSpan / 2, upper: middle + newSpan / 2)
  }

  /// Returns the ranges of `x` and `y` with a margin of `padding` on every side.
  ///
  /// One of the ranges is stretched so that a unit has the same length on both axes of a frame of `size`.
  package static func equallyScaled(
    x: some Sequence<Double>, y: some Sequence<Double>, in size: Size, padding: Double
  ) -> (x: DataRange, y: DataRange) {
    let unit = DataRange(lower: 0, upper: 1)
    var (x, y) = (DataRange(tightly: x) ?? unit, DataRange(tightly: y) ?? unit)
    // Points on a vertical or horizontal line get their room from the other axis.
    if x.isClosed && y.isClosed { (x, y) = (x.opened, y.opened) }
    let unitsPerPoint = max(
      max(x.span, x.shortestSpan) / size.width, max(y.span, y.shortestSpan) / size.height)
    let padded = unitsPerPoint * (1 + 2 * padding)
    return (x.stretched(to: padded * size.width), y.stretched(to: padded * size.height))
  }
}
