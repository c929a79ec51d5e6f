import Foundation
import Testing

@testable import LinearAlgebra

@Suite struct NormalDistributionTests {
  /// Both tails, and values on either side of the breakpoints of the approximation.
  private static let probabilities = [
    1e-300, 1e-100, 1e-20, 1e-9, 1e-3, 0.02424, 0.02425, 0.02426, 0.1, 0.25, 0.3, 0.4999999, 0.5,
    0.6, 0.9, 0.97574, 0.97576, 0.999,
  ]

  /// Φ(x) = ½ erfc(-x/√2) amplifies the relative error of x by about x².
  @Test(arguments: probabilities)
  func invertsTheDistributionFunction(_ p: Double) {
    let x = normalQuantile(p)
    let back = 0.5 * erfc(-x / 2.0.squareRoot())
    #expect(abs(back / p - 1) < 2e-15 * (4 + x * x))
  }

  @Test func matchesKnownValues() {
    #expect(normalQuantile(0.5) == 0)
    #expect(abs(normalQuantile(0.975) - 1.959963984540054) < 1e-14)
    #expect(abs(normalQuantile(1e-9) + 5.997807015007687) < 1e-13)
  }

  @Test(arguments: [0.25, 0.125, 1.0 / 1024, 0x1p-40])
  func isOdd(_ p: Double) { #expect(normalQuantile(p) == -normalQuantile(1 - p)) }

  /// Covers erfc from one tail to the other.
  @Test(arguments: [-6.0, -1, 0, 0.5, 3])
  func probabilityInvertsTheQuantile(_ x: Double) {
    let p = normalProbability(below: x)
    #expect(abs(p + normalProbability(below: -x) - 1) < 1e-15)
    #expect(abs(normalQuantile(p) - x) < 1e-9)
  }

  @Test(arguments: [0, 1, -0.1])
  func rejectsInvalidProbabilities(_ p: Double) async {
    await #expect(processExitsWith: .failure) { [p] in _ = normalQuantile(p) }
    await #expect(processExitsWith: .failure) { _ = normalQuantile(.nan) }
  }
}
