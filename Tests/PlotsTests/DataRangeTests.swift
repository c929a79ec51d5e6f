import Testing

@testable import Plots

@Suite("Data ranges")
struct DataRangeTests {
  @Test("Numbers that cannot be drawn do not count")
  func skipsTheInfinite() {
    let range = DataRange([.nan, 2, .infinity, -1, -.infinity])
    #expect(range == DataRange(lower: -1, upper: 2))
  }

  @Test(
    "A range has room even around constant data and without data",
    arguments: [
      [], [.nan], [0], [3, 3], [-1e-200, -1e-200], [1e299], [5, 5 + 1e-12],
      [.leastNonzeroMagnitude],
    ])
  func isOpen(values: [Double]) {
    let range = DataRange(values)
    #expect(range.span > 1e-9 * max(range.lower.magnitude, range.upper.magnitude))
    #expect(range.span.isFinite)
    for value in values where value.isFinite {
      #expect(range.lower < value && value < range.upper)
    }
  }

  @Test(
    "A unit has the same length on both axes, and the data stay inside",
    arguments: [
      ([0.0, 1], [0.0, 4]), ([0, 4], [0, 1]), ([7, 7], [0, 1]), ([], []), ([2], [3]),
      ([1e30, 1e30], [0, 1]), ([-1e299, 1e299], [0, 1]),
    ])
  func equalUnits(xs: [Double], ys: [Double]) {
    let size = Size(width: 300, height: 200)
    let (x, y) = DataRange.equallyScaled(x: xs, y: ys, in: size, padding: 0.04)
    let ratio = (size.width / x.span) / (size.height / y.span)
    #expect((ratio - 1).magnitude < 1e-6)
    for value in xs { #expect(x.lower < value && value < x.upper) }
    for value in ys { #expect(y.lower < value && value < y.upper) }
  }

  @Test("A horizontal line takes its room from the other axis")
  func levelLine() {
    let size = Size(width: 100, height: 100)
    let (x, y) = DataRange.equallyScaled(x: [0, 1], y: [100, 100], in: size, padding: 0)
    #expect(x == DataRange(lower: 0, upper: 1))
    #expect(y == DataRange(lower: 99.5, upper: 100.5))
  }
}
