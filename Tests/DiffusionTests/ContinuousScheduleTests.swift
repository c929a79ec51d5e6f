import Diffusion
import Foundation
import Testing

/// Continuous schedules: levels (1, σ), and the variance-preserving process in continuous time.
@Suite struct ContinuousScheduleTests {
  @Test(arguments: [1.0, 3, 7])
  func karrasSigmasMatchTheFormula(_ rho: Double) {
    let karras = KarrasSigmas(minimum: 0.002, maximum: 80, rho: rho)
    let sigmas = karras.sigmas(count: 18)
    for (i, sigma) in sigmas.enumerated() {
      let root = pow(80, 1 / rho) + Double(i) / 17 * (pow(0.002, 1 / rho) - pow(80, 1 / rho))
      #expect(abs(sigma / pow(root, rho) - 1) < 1e-10)
    }
    #expect(sigmas[0] == 80 && sigmas[17] == 0.002)
    #expect(zip(sigmas, sigmas.dropFirst()).allSatisfy { $0 > $1 })
    #expect(karras.levels(count: 18) == sigmas.map { NoiseLevel(sigma: $0) } + [.clean])
  }

  @Test func oneStepStartsAtTheHighestLevel() {
    #expect(KarrasSigmas().levels(count: 1) == [NoiseLevel(sigma: 20), .clean])
    #expect(KarrasSigmas().levels(count: 2).map { $0.sigma } == [20, 0.01, 0])
    #expect(ContinuousVP().levels(count: 1) == [ContinuousVP().level(at: 1), .clean])
  }

  /// α² = exp(-∫β), and α² + σ² = 1.
  @Test func levelsMatchTheIntegratedRate() {
    let process = ContinuousVP()
    for t in [0.01, 0.3, 1] {
      // The midpoint rule is exact for a linear rate.
      let steps = 100
      let width = t / Double(steps)
      var integral = 0.0
      for i in 0..<steps {
        let time = (Double(i) + 0.5) * width
        integral += (0.1 + 19.9 * time) * width
      }
      let level = process.level(at: t)
      #expect(abs(level.alpha * level.alpha / exp(-integral) - 1) < 1e-12)
      #expect(abs(level.scale - 1) < 1e-15)
    }
    #expect(process.level(at: 0) == .clean)
  }

  /// At small t, 1 - ᾱ = 0.1 t + … must not lose digits to cancellation.
  @Test(arguments: [1e-6, 1e-12, 1e-18])
  func lowNoiseKeepsItsPrecision(_ t: Double) {
    let noise = ContinuousVP().level(at: t).sigma
    let logarithm = 0.1 * t + 9.95 * t * t
    #expect(abs(noise * noise / (logarithm - logarithm * logarithm / 2) - 1) < 1e-12)
  }

  @Test(arguments: [1, 10, 1000])
  func discretizedScheduleHasTheSameLevels(_ steps: Int) {
    let process = ContinuousVP()
    let schedule = process.discretized(steps: steps)
    let levels = process.levels(count: steps)
    for t in 0..<steps {
      let level = process.level(at: Double(t + 1) / Double(steps))
      #expect(abs(schedule.signal(t) / level.alpha - 1) < 1e-12)
      #expect(abs(schedule.noise(t) / level.sigma - 1) < 1e-12)
      #expect(levels[steps - 1 - t] == level)
    }
  }

  /// Song et al. chose the rates so that they nearly match the 1000 linear steps of Ho et al.
  @Test func thousandStepsNearlyMatchTheLinearSchedule() {
    let (a, b) = (ContinuousVP().discretized(steps: 1000), NoiseSchedule.linear(steps: 1000))
    for t in 0..<1000 { #expect(abs(a.beta[t] / b.beta[t] - 1) < 0.1) }
    #expect(abs(a.alphaBar[500] - b.alphaBar[500]) < 0.005)
  }
}
