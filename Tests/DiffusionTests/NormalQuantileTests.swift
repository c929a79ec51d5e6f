import Foundation
import Testing

@testable import Diffusion

@Suite struct NormalQuantileTests {
  /// Both tails, and on both sides of where the approximation changes.
  private static let probabilities = [
    1e-300, 1e-100, 1e-20, 1e-9, 1e-3, 0.02424, 0.02425, 0.02426, 0.1, 0.25, 0.3, 0.4999999, 0.5,
    0.6, 0.9, 0.97574, 0.97576, 0.999,
  ]

  /// Φ(x) = ½ erfc(-x/√2), whose relative error is that of x times x.
  @Test(arguments: probabilities)
  func isTheInverseOfTheDistributionFunction(_ p: Double) {
    let x = normalQuantile(p)
    let back = 0.5 * erfc(-x / 2.0.squareRoot())
    #expect(abs(back / p - 1) < 2e-15 * (4 + x * x))
  }

  @Test func knownValues() {
    #expect(normalQuantile(0.5) == 0)
    #expect(abs(normalQuantile(0.975) - 1.959963984540054) < 1e-14)
    #expect(abs(normalQuantile(1e-9) + 5.997807015007687) < 1e-13)
  }

  @Test(arguments: [0.25, 0.125, 1.0 / 1024, 0x1p-40])
  func isOdd(_ p: Double) { #expect(normalQuantile(p) == -normalQuantile(1 - p)) }

  /// Frequencies are the quantiles of the upper half: |f| of a normal f.
  @Test(arguments: [1, 16, 31])
  func frequenciesAreQuantiles(_ count: Int) {
    let frequencies = FourierFeatures(count: count).frequencies
    #expect(FourierFeatures(count: count).width == 2 * count)
    for (i, frequency) in frequencies.enumerated() {
      let share = erf(frequency / 2.0.squareRoot())
      #expect(abs(share - (Double(i) + 0.5) / Double(count)) < 1e-14)
    }
  }

  /// ln σ of evenly spread shares is normal with mean and deviation of the process.
  @Test func levelsHaveANormalLogarithm() {
    let noise = LogNormalNoise(mean: -0.7, deviation: 1.4)
    for u in [0.01, 0.5, 0.8] {
      let z = (log(noise.level(at: u).noise) + 0.7) / 1.4
      #expect(abs(0.5 * erfc(-z / 2.0.squareRoot()) - u) < 1e-14)
      #expect(noise.level(at: u).signal == 1)
    }
  }

  @Test(arguments: [0, 1, -0.1])
  func onlyProbabilitiesHaveOne(_ p: Double) async {
    await #expect(processExitsWith: .failure) { [p] in _ = normalQuantile(p) }
    await #expect(processExitsWith: .failure) { _ = normalQuantile(.nan) }
  }
}
