import Diffusion
import Testing

@Suite struct LearningRateScheduleTests {
  @Test func isConstantByDefault() {
    for step in [0, 1, 1000, 1 << 40] { #expect(LearningRateSchedule().factor(at: step) == 1) }
  }

  @Test func risesLinearly() {
    let schedule = LearningRateSchedule(warmUpSteps: 4)
    #expect((0..<6).map(schedule.factor) == [0.25, 0.5, 0.75, 1, 1, 1])
  }

  /// cos π/3 is ½, cos π/2 is 0.
  @Test func fallsAlongACosine() {
    let schedule = LearningRateSchedule(cosineDecaySteps: 12)
    for (step, factor) in [
      (0, 1), (4, 0.75), (6, 0.5), (8, 0.25), (12, 0), (13, 0), (1 << 40, 0),
    ] as [(Int, Double)] {
      #expect(abs(schedule.factor(at: step) - factor) < 1e-15)
    }
    let factors = (0...12).map(schedule.factor)
    #expect(zip(factors, factors.dropFirst()).allSatisfy { $0 > $1 })
  }

  @Test func risesAndFalls() {
    let schedule = LearningRateSchedule(warmUpSteps: 4, cosineDecaySteps: 12)
    let fall = LearningRateSchedule(cosineDecaySteps: 12)
    for step in 0..<12 {
      let rise = min(1, Double(step + 1) / 4)
      #expect(abs(schedule.factor(at: step) - rise * fall.factor(at: step)) < 1e-15)
    }
  }

  @Test(arguments: [0, 1])
  func shortestCosinesEndAtZero(_ steps: Int) {
    #expect(LearningRateSchedule(cosineDecaySteps: steps).factor(at: steps) == 0)
  }
}
