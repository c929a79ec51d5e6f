import Testing

@testable import Plots

@Suite("Round steps between ticks")
struct NiceStepTests {
  static let spans: [Double] = [
    1, 0.3, 0.1 + 0.2, 7, 9.99, 10, 12345, 3.4e38, 1e-30, 2e-7, 1e299,
  ]

  @Test(
    "The step is 1, 2 or 5 times a power of ten, large enough, and no larger than needed",
    arguments: spans, [1, 2, 5, 9])
  func isNice(span: Double, count: Int) {
    let step = NiceStep(span: span, atMost: count)
    #expect([1, 2, 5].contains(step.factor))
    #expect(span / step.value <= Double(count) * (1 + 1e-8))
    // The next smaller nice step is at least 2/5 of this one, and would give too many steps.
    #expect(span / (step.value * 0.4) > Double(count) * (1 - 1e-8))
  }

  @Test("Known spans have known steps")
  func known() {
    #expect(NiceStep(span: 10, atMost: 5) == NiceStep(factor: 2, exponent: 0))
    #expect(NiceStep(span: 10, atMost: 4) == NiceStep(factor: 5, exponent: 0))
    #expect(NiceStep(span: 0.1 + 0.2, atMost: 3) == NiceStep(factor: 1, exponent: -1))
    #expect(NiceStep(span: 1, atMost: 1) == NiceStep(factor: 1, exponent: 0))
  }

  @Test("Multiples are exact, within the range, and include its ends up to rounding")
  func multiples() {
    let step = NiceStep(factor: 1, exponent: -1)
    #expect(
      step.multiples(in: DataRange(lower: -0.3, upper: 0.1 + 0.2))
        == [-0.3, -0.2, -0.1, 0, 0.1, 0.2, 0.3])
    #expect(step.multiples(in: DataRange(lower: 0.11, upper: 0.19)) == [])
    #expect(step.multiples(in: DataRange(lower: -0.01, upper: 0.01)).map(\.sign) == [.plus])
  }
}
