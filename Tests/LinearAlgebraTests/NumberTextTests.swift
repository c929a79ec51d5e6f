import LinearAlgebra
import Testing

/// Numbers with a fixed number of decimals, or of significant digits.
@Suite struct NumberTextTests {
  @Test(arguments: [
    (0, 0, "0"), (0, 2, "0.00"), (-0.0, 1, "0.0"), (1.25, 1, "1.3"), (-1.25, 1, "-1.3"),
    (0.004, 2, "0.00"), (-0.004, 2, "0.00"), (0.05, 2, "0.05"), (12.3456, 4, "12.3456"),
    (999.96, 1, "1000.0"), (-7.5, 0, "-8"), (1e17, 0, "100000000000000000"), (1e18, 0, "1e+18"),
    (-1e300, 3, "-1e+300"), (.infinity, 1, "inf"), (-.infinity, 1, "-inf"), (.nan, 1, "nan"),
  ])
  func formatsWithFixedDecimals(value: Double, decimals: Int, text: String) {
    #expect(value.fixed(decimals) == text)
  }

  @Test(arguments: [
    (0, 3, "0.0"), (1, 3, "1.0"), (0.0123456, 3, "0.0123"), (-0.0123456, 4, "-0.01235"),
    (123.456, 3, "123.0"), (9.996, 3, "10.0"), (999.6, 3, "1000.0"), (12345, 2, "12000.0"),
    (0.00002345, 3, "2.35e-05"), (14_441_989_771_891, 3, "14400000000000.0"),
    (.leastNonzeroMagnitude, 3, "5e-324"),
    (1e300, 2, "1e+300"), (-.infinity, 3, "-inf"), (.nan, 3, "nan"),
  ])
  func roundsToSignificantDigits(value: Double, digits: Int, text: String) {
    #expect(value.significant(digits) == text)
  }
}
