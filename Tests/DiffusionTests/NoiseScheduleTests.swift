import Diffusion
import Testing

/// The tables of a noise schedule, compared with recurrences that lose no digits.
@Suite struct NoiseScheduleTests {
  static let schedules = [
    NoiseSchedule.sigmoid(steps: 100),
    .sigmoid(steps: 1),
    .sigmoid(steps: 1000, start: 1e-4, end: 0.2),
    NoiseSchedule(beta: [1e-12, 1e-9, 0.5, 0.999]),
    NoiseSchedule(beta: (0..<500).map { 1e-4 + 4e-5 * Double($0) }),
  ]

  /// 1 - ᾱₜ = (1 - ᾱₜ₋₁) + βₜ ᾱₜ₋₁: sums of positive numbers.
  @Test(arguments: schedules.indices)
  func tablesAreExact(_ index: Int) {
    let schedule = Self.schedules[index]
    var product = 1.0
    var noise = 0.0
    for t in 0..<schedule.steps {
      let beta = schedule.beta[t]
      let posterior = noise * beta / (noise + beta * product)
      noise += beta * product
      product *= 1 - beta
      #expect(abs(schedule.alphaBar[t] / product - 1) < 1e-12)
      #expect(abs(schedule.oneMinusAlphaBar[t] / noise - 1) < 1e-12)
      #expect(schedule.alpha[t] == 1 - beta)
      #expect(abs(schedule.posteriorVariance[t] - posterior) <= 1e-12 * posterior)
      #expect(abs(schedule.signal(t) * schedule.signal(t) / product - 1) < 1e-12)
      #expect(abs(schedule.noise(t) * schedule.noise(t) / noise - 1) < 1e-12)
      #expect(abs(schedule.signalToNoiseRatio(t) * noise / product - 1) < 1e-11)
    }
  }

  /// (1 - b)ⁿ by the binomial theorem: 1 - ᾱ is n b - n (n-1)/2 b² + …
  @Test func lowNoiseKeepsItsPrecision() {
    let b = 1e-10
    let schedule = NoiseSchedule(beta: [b, b, b])
    #expect(abs(schedule.oneMinusAlphaBar[2] / (3 * b - 3 * b * b) - 1) < 1e-15)
  }

  @Test(arguments: schedules.indices)
  func noiseGrows(_ index: Int) {
    let schedule = Self.schedules[index]
    for t in 1..<max(1, schedule.steps) {
      #expect(schedule.signalToNoiseRatio(t) < schedule.signalToNoiseRatio(t - 1))
      #expect(schedule.posteriorVariance[t] > 0)
      #expect(schedule.posteriorVariance[t] <= schedule.beta[t])
    }
    #expect(schedule.posteriorVariance[0] == 0)
  }

  @Test func originalScheduleLeavesMuchSignal() {
    let schedule = NoiseSchedule.sigmoid(steps: 100)
    #expect(schedule.steps == 100)
    #expect(abs(schedule.alphaBar[99] - 0.605) < 0.0005)
    #expect(abs(schedule.signalToNoiseRatio(99) - 1.53) < 0.005)
  }

  @Test func rejectsBetasOutsideTheUnitInterval() async {
    await #expect(processExitsWith: .failure) { _ = NoiseSchedule(beta: [0.1, 0]) }
    await #expect(processExitsWith: .failure) { _ = NoiseSchedule(beta: [1]) }
    await #expect(processExitsWith: .failure) { _ = NoiseSchedule(beta: [.nan]) }
    await #expect(processExitsWith: .failure) { _ = NoiseSchedule(beta: []) }
  }
}
