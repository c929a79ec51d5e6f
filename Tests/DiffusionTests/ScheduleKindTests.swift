import Diffusion
import Foundation
import Testing

/// The noise schedules of the literature, compared with their published formulas.
@Suite struct ScheduleKindTests {
  /// ᾱ as a product of 1 - β.
  private func products(_ beta: [Double]) -> [Double] {
    var product = 1.0
    return beta.map { beta in
      product *= 1 - beta
      return product
    }
  }

  private func expect(_ schedule: NoiseSchedule, hasAlphaBar expected: [Double]) {
    #expect(schedule.steps == expected.count)
    for (value, expected) in zip(schedule.alphaBar, expected) {
      #expect(abs(value - expected) < 1e-11 * (1e-3 + expected))
    }
  }

  private func spaced(_ steps: Int, _ start: Double, _ end: Double) -> [Double] {
    (0..<steps).map { start + (end - start) * Double($0) / Double(steps - 1) }
  }

  @Test(arguments: [20, 100, 1000, 1500])
  func ratesMatchTheFormulas(_ steps: Int) {
    let factor = 1000 / Double(steps)
    expect(
      .linear(steps: steps),
      hasAlphaBar: products(spaced(steps, 1e-4, 0.02).map { min(factor * $0, 0.999) }))
    expect(
      .linear(steps: steps, scaled: false), hasAlphaBar: products(spaced(steps, 1e-4, 0.02)))
    expect(
      .scaledLinear(steps: steps, scaled: false),
      hasAlphaBar: products(spaced(steps, 0.00085.squareRoot(), 0.012.squareRoot()).map { $0 * $0 })
    )
    expect(
      .quadratic(steps: steps),
      hasAlphaBar: products(
        spaced(steps, 0.01, 0.02.squareRoot()).map { min(factor * $0 * $0, 0.999) }))
  }

  @Test(arguments: [1, 2, 20, 1000])
  func cosineMatchesItsFormula(_ steps: Int) {
    func f(_ t: Int) -> Double {
      let root = cos((Double(t) / Double(steps) + 0.008) / 1.008 * Double.pi / 2)
      return root * root
    }
    let schedule = NoiseSchedule.cosine(steps: steps)
    // Every β except the last is below 0.999, so ᾱ is f itself.
    for t in 0..<steps - 1 {
      #expect(abs(schedule.alphaBar[t] - f(t + 1) / f(0)) < 1e-12)
    }
    #expect(schedule.beta[steps - 1] == 0.999)
  }

  @Test(arguments: [(1, -3.0, 3.0, 1.0), (50, -3, 3, 1), (1000, 0, 3, 0.7), (300, -30, 30, 1)])
  func sigmoidAlphaBarMatchesItsFormula(_ steps: Int, start: Double, end: Double, tau: Double) {
    func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
    let schedule = NoiseSchedule.sigmoidAlphaBar(steps: steps, start: start, end: end, tau: tau)
    let (first, last) = (sigmoid(start / tau), sigmoid(end / tau))
    for t in 0..<steps - 1 {
      let value = sigmoid((start + (end - start) * Double(t + 1) / Double(steps)) / tau)
      #expect(abs(schedule.alphaBar[t] - (last - value) / (last - first)) < 1e-12)
    }
    #expect(schedule.alphaBar[steps - 1] > 0 && schedule.alphaBar[steps - 1] < 1.0000001e-9)
  }

  /// Values published by others.
  @Test func matchesPublishedEndValues() {
    #expect(abs(NoiseSchedule.linear(steps: 1000).alphaBar[999] - 4.0358e-5) < 1e-9)
    #expect(abs(NoiseSchedule.scaledLinear(steps: 1000).alphaBar[999] - 0.0046601) < 1e-7)
    #expect(abs(NoiseSchedule.linear(steps: 50, scaled: false).alphaBar[49] - 0.603) < 5e-4)
    // The middle of the cosine: cos²(½π 0.508/1.008)/cos²(½π 0.008/1.008).
    #expect(abs(NoiseSchedule.cosine(steps: 1000).alphaBar[499] - 0.4938) < 1e-4)
  }

  /// A range of β that is not scaled with T would leave signal at small T.
  @Test(arguments: [30, 100, 300, 1000, 4000])
  func endsDoNotDependOnTheNumberOfSteps(_ steps: Int) {
    for schedule in [NoiseSchedule.linear(steps: steps), .quadratic(steps: steps)] {
      #expect(schedule.alphaBar[steps - 1] < 2e-3)
      #expect(schedule.alphaBar[steps - 1] > 1e-8)
    }
    let continuous = ContinuousVP().discretized(steps: steps)
    #expect(abs(continuous.logAlphaBar[steps - 1] + 10.05) < 1e-12 * 10)
    if steps <= 100 {
      #expect(NoiseSchedule.linear(steps: steps, scaled: false).alphaBar[steps - 1] > 0.3)
    }
  }

  private static let kinds = ScheduleConfiguration.Kind.allCases

  /// Every kind gives usable tables for any number of steps, rescaled or not.
  @Test(arguments: kinds, [2, 3, 10, 100, 1000])
  func signalFallsAtEachStep(_ kind: ScheduleConfiguration.Kind, steps: Int) throws {
    for rescaled in [false, true] {
      let schedule = try ScheduleConfiguration(kind, steps: steps, rescaled: rescaled)
        .makeSchedule()
      for t in 1..<steps {
        #expect(schedule.signalToNoiseRatio(t) < schedule.signalToNoiseRatio(t - 1))
        #expect(schedule.posteriorVariance[t] > 0)
        #expect(schedule.beta[t] < 1 || rescaled && t == steps - 1)
      }
      #expect(schedule.isZeroTerminal == rescaled)
    }
  }

  /// The posterior variance at t = 0 is 0, so its logarithm is replaced.
  @Test(arguments: kinds, [1, 2, 50])
  func logVariancesAreFinite(_ kind: ScheduleConfiguration.Kind, steps: Int) throws {
    let schedule = try ScheduleConfiguration(kind, steps: steps, rescaled: steps > 1).makeSchedule()
    let table = schedule.posteriorLogVariance
    #expect(table.count == steps)
    for t in 1..<max(1, steps) { #expect(table[t] == log(schedule.posteriorVariance[t])) }
    #expect(table[0] == (steps > 1 ? table[1] : log(schedule.beta[0])))
    #expect(table.allSatisfy { $0.isFinite })
  }

  /// In `Float`, 1 - ᾱ has only three correct digits at first; the table has full precision.
  @Test func lowNoiseIsMorePreciseThanFloat() {
    let schedule = NoiseSchedule.linear(steps: 1000)
    let exact = 1e-4
    var product: Float = 1
    product *= 1 - Float(schedule.beta[0])
    #expect(abs(Double(1 - product) / exact - 1) > 1e-4)
    #expect(abs(schedule.oneMinusAlphaBar[0] / exact - 1) < 1e-15)
    #expect(abs(schedule.level(0).sigma / 0.01 - 1) < 1e-15)
    // The 1 - ᾱ of the first steps as sums of positive numbers.
    let cosine = NoiseSchedule.cosine(steps: 1_000_000)
    var (noise, kept) = (0.0, 1.0)
    for t in 0..<1000 {
      noise += cosine.beta[t] * kept
      kept *= 1 - cosine.beta[t]
      #expect(abs(cosine.oneMinusAlphaBar[t] / noise - 1) < 1e-12)
    }
    // β₀ of the cosine by its series 2 w tan(a) + …, where w is the width of a step.
    let width = Double.pi / 2 / 1.008 / 1e6
    let angle = Double.pi / 2 * 0.008 / 1.008
    let beta = 2 * width * tan(angle) + width * width * (1 - tan(angle) * tan(angle))
    #expect(abs(cosine.beta[0] / beta - 1) < 1e-9)
  }

  /// Compares each kind with the algorithm that Lin et al. published.
  @Test(arguments: kinds)
  func rescaledSchedulesEndInNoise(_ kind: ScheduleConfiguration.Kind) throws {
    let schedule = try ScheduleConfiguration(kind, steps: 100).makeSchedule()
    let rescaled = schedule.rescaledToZeroTerminalSNR()
    let roots = schedule.alphaBar.map { $0.squareRoot() }
    for t in 0..<100 {
      let root = (roots[t] - roots[99]) * roots[0] / (roots[0] - roots[99])
      #expect(abs(rescaled.alphaBar[t] - root * root) < 1e-12)
    }
    #expect(rescaled.beta[0] == schedule.beta[0])
    #expect(rescaled.beta[99] == 1 && rescaled.alphaBar[99] == 0)
    #expect(rescaled.logAlphaBar[99] == -.infinity)
    #expect(rescaled.level(99) == NoiseLevel(alpha: 0, sigma: 1))
    #expect(rescaled.signalToNoiseRatio(99) == 0)
    #expect(rescaled.isZeroTerminal && !schedule.isZeroTerminal)
    #expect(rescaled.posteriorVariance[99] == rescaled.oneMinusAlphaBar[98])
    #expect(rescaled.rescaledToZeroTerminalSNR() == rescaled)
  }

  @Test func alphaBarRoundTrips() {
    let schedule = NoiseSchedule.cosine(steps: 50).rescaledToZeroTerminalSNR()
    let again = NoiseSchedule(logAlphaBar: schedule.logAlphaBar)
    let coarse = NoiseSchedule(alphaBar: schedule.alphaBar)
    for t in 0..<50 {
      #expect(abs(again.beta[t] / schedule.beta[t] - 1) < 1e-12)
      #expect(abs(again.oneMinusAlphaBar[t] / schedule.oneMinusAlphaBar[t] - 1) < 1e-12)
      #expect(abs(coarse.alphaBar[t] - schedule.alphaBar[t]) < 1e-14)
    }
    #expect(again.isZeroTerminal && coarse.isZeroTerminal)
  }

  @Test func allowsZeroSignalOnlyAtTheLastStep() async {
    #expect(NoiseSchedule(beta: [0.5, 1]).isZeroTerminal)
    await #expect(processExitsWith: .failure) { _ = NoiseSchedule(beta: [0.5, 1, 0.5]) }
    await #expect(processExitsWith: .failure) { _ = NoiseSchedule(alphaBar: [0.5, 0.6]) }
    await #expect(processExitsWith: .failure) { _ = NoiseSchedule(alphaBar: [0.5, 0, 0]) }
    await #expect(processExitsWith: .failure) {
      _ = NoiseSchedule(beta: [0.5]).rescaledToZeroTerminalSNR()
    }
  }
}
