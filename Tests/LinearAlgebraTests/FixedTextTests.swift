import LinearAlgebra
import Testing

/// Numbers with a fixed number of decimals.
@Suite struct FixedTextTests {
  @Test(arguments: [
    (0, 0, "0"), (0, 2, "0.00"), (-0.0, 1, "0.0"), (1.25, 1, "1.3"), (-1.25, 1, "-1.3"),
    (0.004, 2, "0.00"), (-0.004, 2, "0.00"), (0.05, 2, "0.05"), (12.3456, 4, "12.3456"),
    (999.96, 1, "1000.0"), (-7.5, 0, "-8"), (1e17, 0, "100000000000000000"), (1e18, 0, "1e+18"),
    (-1e300, 3, "-1e+300"), (.infinity, 1, "inf"), (-.infinity, 1, "-inf"), (.nan, 1, "nan"),
  ])
  func formatsWithFixedDecimals(value: Double, decimals: Int, text: String) {
    #expect(value.fixed(decimals) == text)
  }
}
