import Testing

@testable import Plots

@Suite("Axes")
struct AxisTests {
  private func labels(_ scale: Axis.Scale, _ lower: Double, _ upper: Double) -> [String] {
    Axis(scale: scale, range: DataRange(lower: lower, upper: upper)).ticks(atMost: 6).map(\.label)
  }

  @Test("Ticks of a logarithmic axis are powers of ten, with factors 1, 2, 5 if these are few")
  func logarithmicTicks() {
    #expect(labels(.logarithmic, 0.002, 3) == ["0.01", "0.1", "1"])
    #expect(labels(.logarithmic, 0.04, 0.6) == ["0.05", "0.1", "0.2", "0.5"])
    #expect(labels(.logarithmic, 1e-7, 1e-4) == ["10⁻⁷", "10⁻⁶", "10⁻⁵", "10⁻⁴"])
    #expect(labels(.logarithmic, 1e-20, 1e20).count <= 7)
  }

  @Test("Ticks of counts are whole numbers from 1 on")
  func counting() {
    func labels(_ lower: Double, _ upper: Double) -> [String] {
      let range = DataRange(lower: lower, upper: upper)
      return Axis(scale: .linear, range: range, counts: true).ticks(atMost: 20).map(\.label)
    }
    #expect(labels(0.97, 4.03) == ["1", "2", "3", "4"])
    #expect(labels(-9, 100) == ["10", "20", "30", "40", "50", "60", "70", "80", "90", "100"])
  }

  @Test(
    "The ends lie at 0 and 1, and padding moves them outward",
    arguments: [
      Axis(scale: .linear, range: DataRange(lower: -2, upper: 6)),
      Axis(scale: .logarithmic, range: DataRange(lower: 1e-3, upper: 1e5)),
    ])
  func fractions(axis: Axis) {
    #expect(axis.fraction(of: axis.range.lower) == 0)
    #expect(axis.fraction(of: axis.range.upper) == 1)
    let padded = axis.padded(by: 0.25)
    #expect((padded.fraction(of: axis.range.lower) - 1 / 6).magnitude < 1e-9)
    #expect((padded.fraction(of: axis.range.upper) - 5 / 6).magnitude < 1e-9)
  }
}
