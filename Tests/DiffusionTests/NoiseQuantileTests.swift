import Diffusion
import Foundation
import Testing

/// Frequencies and levels spaced as the quantiles of a normal distribution.
@Suite struct NoiseQuantileTests {
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

  /// For evenly spaced shares, ln σ is normal with the mean and deviation of the process.
  @Test func logarithmsOfLevelsAreNormal() {
    let noise = LogNormalNoise(mean: -0.7, deviation: 1.4)
    for u in [0.01, 0.5, 0.8] {
      let z = (log(noise.level(at: u).sigma) + 0.7) / 1.4
      #expect(abs(0.5 * erfc(-z / 2.0.squareRoot()) - u) < 1e-14)
      #expect(noise.level(at: u).alpha == 1)
    }
  }
}
