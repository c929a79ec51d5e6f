import Testing

@testable import Plots

@Suite("Numbers in plots")
struct PlotNumberTests {
  @Test(
    "Fixed decimals",
    arguments: [
      (0.0, 1, "0.0"), (-0.04, 1, "0.0"), (-0.5, 1, "−0.5"), (12, 0, "12"), (0.05, 2, "0.05"),
      (1.005e3, 3, "1005.000"),
    ])
  func fixed(value: Double, decimals: Int, text: String) {
    #expect(PlotNumber.fixed(value, decimals: decimals) == text)
  }

  @Test(
    "Significant digits",
    arguments: [
      (0.0123456, "0.0123"), (123.456, "123"), (0.453, "0.453"), (6.17e8, "6.17×10⁸"),
      (-2.5e-7, "−2.50×10⁻⁷"), (0, "0"),
    ])
  func significant(value: Double, text: String) {
    #expect(PlotNumber.significant(value) == text)
  }

  @Test("The labels of an axis have the decimals of its step, and the same power of ten")
  func labels() {
    let half = NiceStep(factor: 5, exponent: -1)
    #expect(PlotNumber.labels(for: [-0.5, 0, 0.5], step: half) == ["−0.5", "0.0", "0.5"])
    let hundreds = NiceStep(factor: 2, exponent: 2)
    #expect(PlotNumber.labels(for: [200, 400], step: hundreds) == ["200", "400"])
    let tiny = NiceStep(factor: 5, exponent: -6)
    #expect(
      PlotNumber.labels(for: [0, 5e-6, 1e-5], step: tiny) == ["0", "0.5×10⁻⁵", "1.0×10⁻⁵"])
  }

  @Test("From five digits on, spaces separate thousands")
  func counts() {
    #expect(PlotNumber.count(1000) == "1000")
    #expect(PlotNumber.count(1_234_567) == "1\u{2009}234\u{2009}567")
  }
}
